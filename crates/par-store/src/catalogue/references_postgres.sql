-- Pairs of a table and a table it refers to.
select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'
