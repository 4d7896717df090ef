-- How many keys of each status a company has, changed together with the keys: the total of a list without counting rows.
-- A number is the sum over slots, so that writers of one company seldom wait for each other. Every statement can run again.

create table if not exists api_key_count (
  company_id varchar(510) not null,
  active     boolean      not null,
  slot       integer      not null,
  keys       bigint       not null,
  constraint api_key_count_pk primary key (company_id, active, slot)
);

delete from api_key_count;
insert into api_key_count (company_id, active, slot, keys)
  select company_id, active, 0, count(*) from api_key group by company_id, active;
