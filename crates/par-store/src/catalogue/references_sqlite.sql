-- Pairs of a table and a table it refers to.
select m.name, f."table"
from sqlite_master m join pragma_foreign_key_list(m.name) f
where m.type = 'table'
