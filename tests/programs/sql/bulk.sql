-- bulk.sql -- enough rows for several levels of a b-tree, overflow pages, sorting beyond a page cache, vacuum and integrity.
pragma cache_size = 50;
create table big(a integer primary key, b blob, c text);
begin;
with recursive k(i) as (select 1 union all select i + 1 from k where i < 3000)
insert into big select i * 7 % 3001, zeroblob(i % 300 * 20), printf('%0*d', i % 90 + 1, i * i) from k;
commit;
create index big_c on big(c, a);
select count(*), sum(length(b)), min(c), max(length(c)), sum(a) from big;
select a, length(b), c from big order by c desc, a limit 5 offset 100;
delete from big where a % 3 = 0;
select count(*), sum(length(c)) from big;
update big set c = c || a where length(b) > 3000;
select substr(c, 1, 2) k, count(*) from big group by k order by 2 desc, 1 limit 6;
create table other as select a % 100 as g, count(*) n, sum(length(b)) s from big group by 1;
select g, n, s from other join big on big.a = other.n order by g, n limit 8;
select a from big where c like '%99%' intersect select a from big where length(b) > 100 order by a limit 10;
select count(*) from big x, other y where x.a % 100 = y.g and y.n > 19;
vacuum;
pragma integrity_check;
