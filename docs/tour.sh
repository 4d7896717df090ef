#!/bin/sh
# A walk through the life of a key. It needs a running server, a management key and curl:
#
#   docs/tour.sh http://127.0.0.1:8080 kw_...
#
# What it prints stands in docs/tour.txt, without the secret part of the key.
set -eu
if [ $# -ne 2 ]; then
    echo 'usage: docs/tour.sh <url> <key>, such as docs/tour.sh http://127.0.0.1:8080 kw_...' >&2
    exit 2
fi
URL=$1
KEY=$2
ANSWER=

# Each command is shown as it is run; after its answer stands the status.
curl() {
    command curl -sS -w '\n%{http_code}' "$@" </dev/null
}

# A member of the last answer.
answered() {
    printf '%s' "$ANSWER" | sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'
}

while IFS= read -r line; do
    case $line in
        curl*)
            printf '$ %s\n' "$line"
            ANSWER=$(eval "$line")
            printf '%s\n\n' "$ANSWER"
            ;;
        '#'*) printf '%s\n' "$line" ;;
        *) eval "$line" ;;
    esac
done <<'TOUR'
# Create a key for a user. This answer is the only one that shows the whole of it.
curl -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys -d '{"userId":"alice","description":"Billing","scopes":["keys:read"]}'
ID=$(answered id)
SECRET=$(answered key)
# List the active keys, newest first.
curl -H "X-API-Key: $KEY" "$URL/keys?limit=1"
# Look at one key.
curl -H "X-API-Key: $KEY" $URL/keys/$ID
# Pin it to a version of your API.
curl -X PUT -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/$ID -d '{"apiVersion":"2024-01-01"}'
# Upgrade it. The way back stays open for 72 hours.
curl -X PUT -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/$ID -d '{"apiVersion":"2024-05-22"}'
# Go back inside that window.
curl -X PUT -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/$ID -d '{"apiVersion":"2024-01-01"}'
# A version that the key was never pinned to is refused.
curl -X PUT -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/$ID -d '{"apiVersion":"2023-06-01"}'
# Ask whether a presented key is good for what its holder is about to do.
curl -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/verify -d '{"key":"'$SECRET'","clientIp":"203.0.113.7","scopes":["keys:read"]}'
# Delete it.
curl -X DELETE -H "X-API-Key: $KEY" $URL/keys/$ID
# From that moment on it opens nothing.
curl -H "X-API-Key: $KEY" -H "Content-Type: application/json" $URL/keys/verify -d '{"key":"'$SECRET'"}'
# It can still be looked at among the inactive keys.
curl -H "X-API-Key: $KEY" "$URL/keys?status=inactive&limit=1"
TOUR
