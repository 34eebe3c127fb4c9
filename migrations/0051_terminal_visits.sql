-- What each terminal report says of each visit. Kept whole, so that a visit can be put together anew without one of them.
create table terminal_sighting (
  workbook_id bigint not null references workbook,
  sheet text not null,
  row_number integer not null,
  container text not null,
  visit_key text not null,
  stamp timestamptz not null,
  fields jsonb not null,
  primary key (workbook_id, sheet, row_number)
);
create index terminal_sighting_visit on terminal_sighting (container, visit_key);

-- A stay of a container at the terminal: of each field the newest value that is not blank.
create table terminal_visit (
  container text not null,
  visit_key text not null,
  -- The newest report that tells of it.
  stamp timestamptz not null,
  terminal text,
  direction text,
  stock text,
  size text,
  teu smallint not null default 1,
  client text,
  inn text,
  condition text,
  arrived_at timestamptz,
  arrived_wall timestamp,
  dispatched_at timestamptz,
  dispatched_wall timestamp,
  -- True while no report tells of its dispatch.
  on_site boolean not null,
  fields jsonb not null,
  primary key (container, visit_key)
);
create index terminal_visit_on_site on terminal_visit (terminal) where on_site;
