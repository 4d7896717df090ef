-- A key and its secret are one row, found by the id alone or by the reference: fewer rows and indexes for a create, and no join for a
-- list or a look-up. Every statement can run again.

alter table api_key add column if not exists reference varchar(20);
alter table api_key add column if not exists prefix varchar(24);
alter table api_key add column if not exists digest_scheme varchar(40);
alter table api_key add column if not exists digest bytea;
-- Which store added the row, among those that add at the same time; nothing else ever asks.
alter table api_key add column if not exists added_by bigint;

update api_key
   set (reference, prefix, digest_scheme, digest) =
       (select s.reference, s.prefix, s.digest_scheme, s.digest from api_key_secret s
         where s.company_id = api_key.company_id and s.key_id = api_key.id)
 where reference is null;
alter table api_key_secret drop constraint if exists api_key_secret_of_key;

alter table api_key alter column reference set not null;
alter table api_key alter column prefix set not null;
alter table api_key alter column digest_scheme set not null;
alter table api_key alter column digest set not null;
alter table api_key drop constraint if exists api_key_reference_once;
alter table api_key add constraint api_key_reference_once unique (reference);

alter table api_key drop constraint if exists api_key_id_once;
alter table api_key drop constraint if exists api_key_pk;
alter table api_key add constraint api_key_pk primary key (id);

alter table api_key_event drop constraint if exists api_key_event_once;
alter table api_key_event add constraint api_key_event_once unique (key_id, revision);
