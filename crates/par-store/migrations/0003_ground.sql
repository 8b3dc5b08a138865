-- Rounds of appraisal are a list, and an explanation can be asked for after each.
--
-- SQLite alters neither checks nor keys: a table that needs another one is made anew, filled and put
-- in the place of the old one.

alter table years add column
    rounds bigint not null default 2 check (rounds between 1 and 3); -- rounds of appraisal before the council

create table new_judgements (
    year bigint not null, -- the year
    unit text not null, -- who is judged
    leaf text not null, -- code of the leaf in the unit's criteria set
    stage text not null check (stage in ('self', 'round1', 'round2', 'round3', 'council')), -- nobody overwrites another stage
    points bigint not null, -- millionths of a point, rounded once by the rule
    inputs text not null, -- what the points follow from, as in `a=21;b=20`; empty when only points are known
    revision bigint not null, -- the year's revision that wrote it: a later write must have seen it
    primary key (year, unit, leaf, stage),
    foreign key (year, unit) references units (year, code)
);

insert into new_judgements (year, unit, leaf, stage, points, inputs, revision)
    select year, unit, leaf, stage, points, inputs, revision from judgements;

drop table judgements;

alter table new_judgements rename to judgements;

create table new_requests (
    year bigint not null, -- the year
    unit text not null, -- who was asked
    leaf text not null, -- about which leaf
    round bigint not null check (round between 1 and 3), -- the round of appraisal it followed
    reason text not null, -- code of the reason
    answer text, -- what the unit answered; null when no answer came
    outcome text not null check (outcome in ('accepted', 'partly', 'rejected', 'none')), -- what became of it
    revision bigint not null, -- the year's revision that wrote it
    primary key (year, unit, leaf, round),
    foreign key (year, unit) references units (year, code),
    foreign key (year, reason) references reasons (year, code)
);

insert into new_requests (year, unit, leaf, round, reason, answer, outcome, revision)
    select year, unit, leaf, 1, reason, answer, outcome, revision from requests;

drop table requests;

alter table new_requests rename to requests;
