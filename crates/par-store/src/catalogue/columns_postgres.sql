-- Name, column, type and place in the primary key (0 outside it) of every column of every table,
-- without the tables of extensions.
select c.relname::text, a.attname::text, format_type(a.atttypid, null), coalesce((
    select k.place from pg_index i, unnest(i.indkey) with ordinality as k (attribute, place)
    where i.indrelid = c.oid and i.indisprimary and k.attribute = a.attnum), 0)::bigint
from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
    and a.attnum > 0 and not a.attisdropped
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
order by c.relname::text collate "C", a.attnum
