-- The sheet that a dislocation report or the list of a train was read from; the rows of a terminal report name theirs.
alter table workbook add column sheet text;

-- How long the last login to the mailbox took.
alter table mailbox_health add column connect_ms integer;

-- A running service, as it last described itself. A service that ends in order deletes its row.
create table service_instance (
  id uuid primary key,
  service text not null,
  version text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- Its parts and the servers that only it can reach: a list of name, state, ms and detail.
  parts jsonb not null,
  servers jsonb not null,
  disk_free bigint,
  disk_size bigint
);
