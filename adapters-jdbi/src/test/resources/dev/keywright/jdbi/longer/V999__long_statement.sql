create table if not exists digit (n integer not null);
insert into digit (n) values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);

-- Some tenths of a second on either database.
insert into digit (n)
  select count(*) from digit a, digit b, digit c, digit d, digit e, digit f
  where mod(a.n + b.n * c.n + d.n * e.n + f.n, 7) = 3;
