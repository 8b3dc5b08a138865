-- Published years: every version as the files of its package, for ever. Nothing here is ever changed;
-- a correction is a further version.

create table publications (
    year bigint not null references years (year), -- the year published
    version bigint not null check (version > 0), -- 1 first, one more for each amendment
    package_id text not null, -- SHA-256 of the package's list of hashes: names it outside too
    revision bigint not null, -- the year's revision that published it: a later one may have moved on
    published_ms bigint not null, -- server time, milliseconds UTC
    reason text not null, -- why it amends the version before; empty for the first
    primary key (year, version)
);

create unique index publications_id on publications (package_id);

create table publication_files (
    year bigint not null, -- the year
    version bigint not null, -- the version
    path text not null, -- name inside the package
    form text not null check (form in ('text', 'hex')), -- hex: bytes that are no text
    content text not null, -- the file, byte for byte
    primary key (year, version, path),
    foreign key (year, version) references publications (year, version)
);
