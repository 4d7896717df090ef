-- When and from where a key was used last, as far as that was noted: no change of the key, and in no index.
-- Every statement can run again.

alter table api_key add column if not exists last_used_at timestamp(6) with time zone;
alter table api_key add column if not exists last_used_from varchar(45);
