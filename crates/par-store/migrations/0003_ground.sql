-- Rounds of appraisal are a list, and an explanation can be asked for after each. A year reads counts of
-- its survey; the sheets stay with their keeper.
--
-- SQLite alters neither checks nor keys: a table that needs another one is made anew, filled and put
-- in the place of the old one.

alter table years add column
    rounds bigint not null default 2 check (rounds between 1 and 3); -- rounds of appraisal before the council

-- What becomes of a unit in the year: a unit of 0.1 was ranked.
alter table units add column
    status text not null default 'ranked' check (status in ('ranked', 'scored', 'not_evaluated')); -- who is ranked, who only scored
alter table units add column
    since text; -- yyyy-mm-dd, the first day on which it was there; null: before the year
alter table units add column
    until text; -- yyyy-mm-dd, the last day; null: after the year
alter table units add column
    ground text; -- the citation its status or its days rest on

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

-- What became of the sheets. Where sheets were imported, `check` counts them again.
create table survey_returns (
    year bigint not null, -- the year
    form text not null, -- the form handed out
    stratum text not null, -- kind of respondent
    accepted bigint not null check (accepted >= 0), -- came back and count
    rejected bigint not null check (rejected >= 0), -- came back and were refused
    over_quota bigint not null check (over_quota between 0 and rejected), -- of those, because the quota was full
    not_returned bigint not null check (not_returned >= 0), -- never came back
    primary key (year, form, stratum),
    foreign key (year, form) references survey_forms (year, code)
);

insert into survey_returns (year, form, stratum, accepted, rejected, over_quota, not_returned)
    select year, form, stratum,
        sum(case when status = 'accepted' then 1 else 0 end),
        sum(case when status = 'rejected' then 1 else 0 end),
        sum(case when status = 'rejected' and refusal = 'over_quota' then 1 else 0 end),
        sum(case when status = 'not_returned' then 1 else 0 end)
    from survey_sheets group by year, form, stratum;

-- Answers on accepted sheets. A survey leaf is scored from them.
create table survey_counts (
    year bigint not null, -- the year
    form text not null, -- the form
    unit text not null, -- the unit rated
    question text not null, -- the question answered
    option text not null, -- the letter chosen
    count bigint not null check (count > 0), -- how many chose it; what nobody chose has no row
    primary key (year, form, unit, question, option),
    foreign key (year, form) references survey_forms (year, code),
    foreign key (year, unit) references units (year, code)
);

insert into survey_counts (year, form, unit, question, option, count)
    select ratings.year, sheets.form, ratings.unit, questions.code,
        substr(ratings.answers, cast(questions.position as integer) + 1, 1), count(*)
    from survey_ratings ratings
    join survey_sheets sheets on sheets.year = ratings.year and sheets.serial = ratings.serial
    join survey_questions questions on questions.year = sheets.year and questions.form = sheets.form
    where sheets.status = 'accepted'
        and substr(ratings.answers, cast(questions.position as integer) + 1, 1) in ('A', 'B', 'C', 'D', 'E', 'F',
            'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z')
    group by ratings.year, sheets.form, ratings.unit, questions.code,
        substr(ratings.answers, cast(questions.position as integer) + 1, 1);

create table sealed_files (
    year bigint not null, -- the year
    version bigint not null, -- the version that was published from them
    path text not null, -- name inside the full package
    form text not null check (form in ('text', 'hex')), -- hex: bytes that are no text
    content text not null, -- the file, byte for byte; never served, it holds what is not public
    primary key (year, version, path),
    foreign key (year, version) references publications (year, version)
);
