set local statement_timeout = '30min';
alter type report_kind add value 'statistics';

-- A message that the bot could not make anything of, so that admins see what people miss.
create table not_understood (
  id bigint generated always as identity primary key,
  person_id bigint not null references person on delete cascade,
  update_id bigint not null unique,
  asked_at timestamptz not null default now(),
  text text not null
);
create index not_understood_time on not_understood (asked_at);
create index not_understood_person on not_understood (person_id);

-- What happened on a day that is over, counted once, in the zone of the schedule. A day that is counted has the name `counted`.
create table daily_total (
  day date not null,
  name text not null,
  amount bigint not null,
  primary key (day, name)
);
-- The containers that were asked about most on a day.
create table daily_container (
  day date not null,
  container text not null,
  amount integer not null,
  primary key (day, container)
);
-- Who wrote or pressed anything on a day: one person counts once in a month.
create table person_day (
  day date not null,
  person_id bigint not null references person on delete cascade,
  primary key (day, person_id)
);
create index person_day_person on person_day (person_id);

-- Rows of one day lie together, in the order in which they came: a few bytes for each megabyte say where.
create index lookup_day on lookup using brin (created_at) with (autosummarize = on);
create index telegram_update_day on telegram_update using brin (received_at) with (autosummarize = on);
create index delivery_day on delivery using brin (created_at) with (autosummarize = on);
create index report_day on report using brin (created_at) with (autosummarize = on);
create index workbook_day on workbook using brin (created_at) with (autosummarize = on);
