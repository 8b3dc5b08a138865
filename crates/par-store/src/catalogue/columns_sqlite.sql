-- Name, column, type and place in the primary key (0 outside it) of every column of every table.
select m.name, p.name, lower(p.type), p.pk
from sqlite_master m join pragma_table_info(m.name) p
where m.type = 'table' and m.name not like 'sqlite\_%' escape '\'
order by m.name, p.cid
