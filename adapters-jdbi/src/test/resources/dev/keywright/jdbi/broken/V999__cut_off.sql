create table if not exists half_way (company_id varchar(510) not null);
insert into half_way (company_id) select company_id from no_such_table;
