-- types.sql -- affinity, collation, null, text and blob functions, dates, expressions, constraints, triggers, views, errors.
.bail off
select typeof(1), typeof(1.0), typeof('1'), typeof(null), typeof(x'00'), 1 + '2', '3' * '4', 7 / 2, -7 / 2, 7 % -3, 1 / 0, 9223372036854775807 + 1;
select 5 & 3, 5 | 3, ~5, 1 << 40, -1 >> 1, 'a' || 1 || null, null is null, null = null, 1 between 0 and 2, 3 in (1, 2), 'abc' like 'A%', 'abc' glob 'a*';
select cast('12abc' as integer), cast(1e3 as text), cast(x'414243' as text), hex('é'), length('é'), unicode('€'), char(65, 8364), quote('it''s'), quote(x'0aff');
select round(2.567, 2), abs(-5), max(1, 2, 3), min('b', 'a'), coalesce(null, 3), nullif(1, 1), iif(1, 'y', 'n'), printf('%5d|%-5s|%x|%.2f|%,d', 42, 'ab', 255, 1.005, 1234567);
select date('2024-02-29', '+1 year'), time('12:00', '-90 minutes'), strftime('%w %j %W', '2000-01-01'), datetime(0, 'unixepoch'), julianday('1970-01-01');
select trim('  x '), substr('hello', -3, 2), replace('aXbX', 'X', '--'), instr('hello', 'l'), upper('abc'), ltrim('xxa', 'x'), zeroblob(2) = x'0000', total(null), sum(null);
create table person(id integer primary key, name text collate nocase unique, born date check (born > '1800'), parent references person(id));
insert into person(name, born, parent) values ('Ada', '1815-12-10', null), ('Byron', '1836-05-12', 1), ('Anne', '1837-09-22', 1);
insert into person(name, born) values ('ADA', '1900-01-01');
insert into person(name, born) values ('Old', '1700-01-01');
insert into person(name, born) values ('ada', '1901-01-01') on conflict(name) do update set born = excluded.born returning id, name, born;
create view child as select p.name parent, c.name child from person p join person c on c.parent = p.id;
select * from child order by child;
create table log(what text, at integer primary key autoincrement);
create trigger renamed after update of name on person when old.name <> new.name begin insert into log(what) values (old.name || '->' || new.name); end;
update person set name = name || 'x' where parent is not null;
select * from log;
select name, row_number() over (order by born), lag(name) over (order by born), sum(id) over (rows between 1 preceding and current row) from person;
with recursive up(n) as (select 1 union all select n * 3 from up where n < 1000) select group_concat(n, ' ') from up;
select json_extract('{"a":[1,2,{"b":"c"}]}', '$.a[2].b'), json_array(1, 'x', null), json_group_array(id) from person;
select p.name, c.name from person p left join person c on c.parent = p.id order by 1, 2;
select no_such_column from person;
begin; delete from person; rollback;
savepoint s; update person set name = 'gone' where id = 2; rollback to s; release s;
select count(*), max(name) from person;
.mode column
select id, name from person;
.schema person
explain query plan select * from person where name = 'ada';
