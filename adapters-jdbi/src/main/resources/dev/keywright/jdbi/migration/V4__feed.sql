-- Whose secret an event is about, so that others can forget what they remember of it. Events from before do not tell.
-- Every statement can run again.

alter table api_key_event add column if not exists reference varchar(20);
