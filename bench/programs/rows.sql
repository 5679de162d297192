-- rows.sql -- inserts, an index, joins, aggregates, text functions, changes; `scale` (n) says how many rows.
-- The figures come out as integers or rounded: how SQLite prints doubles depends on the platform's long double.
create table item(id integer primary key, name text not null, price integer, kind integer);
create table sale(id integer primary key, item integer references item, amount integer, day text);
begin;
with recursive k(i) as (select 1 union all select i + 1 from k where i < (select n from scale))
insert into item select i, printf('item-%06x', i * 2654435761 % 16777216), i * 7919 % 10007, i % 13 from k;
with recursive k(i) as (select 1 union all select i + 1 from k where i < 3 * (select n from scale))
insert into sale select i, 1 + i * 48271 % (select n from scale), i % 17, date('2003-01-01', printf('+%d days', i % 1000)) from k;
commit;
create index item_name on item(name);
create index sale_item on sale(item);
select count(*), sum(price), min(name), max(name) from item;
select kind, count(*), sum(amount), round(avg(price), 3) from item join sale on sale.item = item.id group by kind order by kind;
select strftime('%Y-%m', day) month, sum(amount * price) value from sale join item on item.id = sale.item
group by month having value > 0 order by value desc limit 10;
select a.name, b.name from item a join item b on b.id = a.id + 1 where a.name < b.name and a.kind = 3 order by a.name limit 5;
select count(*) from item where name like '%ab%' and price between 100 and 9000;
select id, sum(amount) over (partition by item order by id) from sale where item < 20 order by id desc limit 5;
begin;
update item set price = price + 1 where kind in (select kind from item where price > 5000 group by kind);
delete from sale where amount = 3;
commit;
select count(*), total(price) from item;
select count(distinct item), count(*), group_concat(distinct amount) from sale;
with recursive f(a, b, i) as (select 0, 1, 0 union all select b, (a + b) % 1000000007, i + 1 from f where i < (select n from scale))
select max(i), a from f where i = (select n from scale);
select length(hex(zeroblob(10))), upper(substr(name, 6)), replace(name, '-', '_'), instr(name, '0') from item where id = 77;
pragma integrity_check;
