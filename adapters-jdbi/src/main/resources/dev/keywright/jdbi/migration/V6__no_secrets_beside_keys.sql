-- The secrets were moved by the script before, which would not find them if it were cut off and ran again. This can run again.

drop table if exists api_key_secret;
