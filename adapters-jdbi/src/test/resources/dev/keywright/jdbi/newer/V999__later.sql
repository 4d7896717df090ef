create table if not exists half_way (company_id varchar(510) not null);
create index if not exists half_way_by_company on half_way (company_id);
