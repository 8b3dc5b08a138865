-- A year of the index with all its inputs, and the journal of every write.
--
-- One text for SQLite and PostgreSQL: only text and bigint columns. Rows refer to each other by the
-- codes people know, so that a database opened by hand can be read; `position` keeps the order of
-- the report. Nothing derived is stored: totals, indices and ranks follow from these inputs.

create table journal (
    sequence bigint not null primary key, -- 1, 2, 3 …: a missing line shows
    at_ms bigint not null, -- server time of the write, milliseconds UTC: no time zone to misread
    actor text not null, -- who did it, as an account name: every write has an author
    act text not null, -- what was done, one stable word for filters
    year bigint, -- the year concerned; null for acts that concern none
    revision bigint, -- the year's revision after the write: lines and rows find each other
    payload text not null, -- what was written, readable lines `name: value`: a person can check it
    hash text not null, -- SHA-256 of the previous line's hash and this line: changes show
    check ((year is null) = (revision is null))
);

create unique index journal_revision on journal (year, revision);

-- The end of the journal in one row. Every write updates it first, so writes wait for each other on
-- PostgreSQL as they do on SQLite, and lines cut off the end of the journal show.
create table journal_head (
    id bigint not null primary key check (id = 1), -- exactly one row
    sequence bigint not null, -- sequence of the last line; 0 before the first
    hash text not null -- hash of the last line; empty before the first
);

insert into journal_head (id, sequence, hash) values (1, 0, '');

-- Criteria sets are named by what they say: an edit is another set, never a change of this one.
create table criteria_sets (
    hash text not null primary key, -- SHA-256 of all files: proves that a set in use was not edited
    id text not null, -- the set's own name, to find it without reading its files
    name text not null, -- as officials say it, for lists
    year bigint not null -- the year the set was made for, for lists
);

create table criteria_set_files (
    set_hash text not null references criteria_sets (hash), -- the set it belongs to
    file text not null, -- name inside the set's folder
    content text not null, -- the file's text, as it can be downloaded and read again
    primary key (set_hash, file)
);

create table years (
    year bigint not null primary key, -- the year assessed, not the year of the work
    revision bigint not null check (revision > 0), -- grows with every write: caches compare it
    title text not null, -- title of the result
    province text not null, -- as in `tỉnh Lai Châu`
    notice text, -- shown on every page when values are not facts; null when they are
    province_mean text not null check (province_mean in ('cluster_means', 'units')), -- which mean is the province's
    previous_year bigint -- year compared with; null when there is none
);

create table year_sets (
    year bigint not null references years (year), -- the year that uses the set
    position bigint not null, -- blocks name their set by it
    set_hash text not null references criteria_sets (hash), -- the very text used, not a later one
    primary key (year, position)
);

create table clusters (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in the report
    id text not null, -- word in data files
    name text not null, -- heading
    primary key (year, position)
);

create table blocks (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in the report
    id text not null, -- word in data files
    name text not null, -- heading of its ranking table
    set_position bigint not null, -- its criteria set
    cluster_position bigint not null, -- its cluster
    own_classes bigint not null check (own_classes in (0, 1)), -- 1: classes below replace the set's
    primary key (year, position),
    foreign key (year, set_position) references year_sets (year, position),
    foreign key (year, cluster_position) references clusters (year, position)
);

create table block_classes (
    year bigint not null, -- the year
    block_position bigint not null, -- the block whose classes differ from its set's
    position bigint not null, -- from the highest class
    name text not null, -- as in `Tốt`
    from_points bigint not null, -- lower bound in millionths of a percent, inclusive
    primary key (year, block_position, position),
    foreign key (year, block_position) references blocks (year, position)
);

create table thresholds (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in the report
    area text not null, -- code of the area
    high text not null, -- upper mark in percent, as printed: places are part of it
    low text, -- lower mark in percent, as printed; null when none is stated
    primary key (year, position)
);

create table reasons (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in lists
    code text not null, -- word in data files
    name text not null, -- what it says
    primary key (year, position)
);

create unique index reasons_code on reasons (year, code);

create table facts (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in lists
    key text not null, -- as in `council_date`
    value text not null, -- dates as yyyy-mm-dd
    origin text not null, -- published, or made up for the demonstration
    note text not null, -- a remark; may be empty
    primary key (year, position)
);

create table units (
    year bigint not null, -- the year: a unit of the same code in another year is another row
    code text not null, -- word in data files; rows below refer to it
    position bigint not null, -- order in the report
    name text not null, -- full name
    slug text not null, -- part of its addresses
    block_position bigint not null, -- the list it is ranked in
    primary key (year, code),
    foreign key (year, block_position) references blocks (year, position)
);

create unique index units_position on units (year, position);
create unique index units_slug on units (year, slug);

create table unit_predecessors (
    year bigint not null, -- the year of the unit
    unit text not null, -- the unit that continues another
    position bigint not null, -- order as given
    predecessor text not null, -- code in the year before: merged units have several, split ones share one
    primary key (year, unit, position),
    foreign key (year, unit) references units (year, code)
);

create table exemptions (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in the report's footnotes
    unit text, -- null: every unit
    code text not null, -- the node not evaluated, with everything below it
    reason text not null, -- why, with its legal ground
    primary key (year, position),
    foreign key (year, unit) references units (year, code)
);

create table judgements (
    year bigint not null, -- the year
    unit text not null, -- who is judged
    leaf text not null, -- code of the leaf in the unit's criteria set
    stage text not null check (stage in ('self', 'round1', 'round2', 'council')), -- nobody overwrites another stage
    points bigint not null, -- millionths of a point, rounded once by the rule
    inputs text not null, -- what the points follow from, as in `a=21;b=20`; empty when only points are known
    revision bigint not null, -- the year's revision that wrote it: a later write must have seen it
    primary key (year, unit, leaf, stage),
    foreign key (year, unit) references units (year, code)
);

create table requests (
    year bigint not null, -- the year
    unit text not null, -- who was asked
    leaf text not null, -- about which leaf
    reason text not null, -- code of the reason
    answer text, -- what the unit answered; null when no answer came
    outcome text not null check (outcome in ('accepted', 'partly', 'rejected', 'none')), -- what became of it
    revision bigint not null, -- the year's revision that wrote it
    primary key (year, unit, leaf),
    foreign key (year, unit) references units (year, code),
    foreign key (year, reason) references reasons (year, code)
);

create table survey_forms (
    year bigint not null references years (year), -- the year
    code text not null, -- as in `M1`
    position bigint not null, -- order in lists
    name text not null, -- title
    respondents text not null, -- who answers
    rates text not null, -- whom they rate
    primary key (year, code)
);

create table survey_questions (
    year bigint not null, -- the year
    form text not null, -- the form
    position bigint not null, -- place of its letter in the answers
    code text not null, -- by which criteria refer to it; may stand on several forms
    wording text not null, -- what is asked
    primary key (year, form, position),
    foreign key (year, form) references survey_forms (year, code)
);

create table survey_plan (
    year bigint not null references years (year), -- the year
    position bigint not null, -- order in the plan
    form text not null, -- the form handed out
    code text not null, -- short code of the respondents' kind
    name text not null, -- who they are
    issued bigint not null check (issued >= 0), -- sheets handed out
    required bigint not null check (required >= 0), -- sheets needed; more are over quota
    primary key (year, position),
    foreign key (year, form) references survey_forms (year, code)
);

create table survey_sheets (
    year bigint not null, -- the year
    serial text not null, -- printed on the sheet; says nothing about the person
    position bigint not null, -- order of keying
    form text not null, -- the form
    stratum text not null, -- kind of respondent, for the quota
    status text not null check (status in ('accepted', 'rejected', 'not_returned')), -- what became of it
    refusal text not null, -- why it was refused; empty when it was not
    primary key (year, serial),
    foreign key (year, form) references survey_forms (year, code)
);

create table survey_ratings (
    year bigint not null, -- the year
    serial text not null, -- the sheet
    position bigint not null, -- order on the sheet
    unit text not null, -- the unit rated
    answers text not null, -- one letter a question in the form's order; `-` where not asked
    primary key (year, serial, position),
    foreign key (year, serial) references survey_sheets (year, serial),
    foreign key (year, unit) references units (year, code)
);

create table previous_units (
    year bigint not null references years (year), -- the year that compares itself
    code text not null, -- code in the year before
    index_percent text, -- as printed: changes are taken between printed figures; null when unknown
    class text, -- as printed; null when unknown
    origin text not null, -- where the figure comes from when it is not simply the published one
    primary key (year, code)
);

create table previous_components (
    year bigint not null, -- the year that compares itself
    unit text not null, -- code in the year before
    code text not null, -- the node
    percent text not null, -- as printed
    primary key (year, unit, code),
    foreign key (year, unit) references previous_units (year, code)
);
