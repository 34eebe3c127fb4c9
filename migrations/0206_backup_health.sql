-- How the backups of this database go, whichever machine makes them. Without a row none was ever tried, and nobody expects one.
create table backup_health (
  id integer primary key default 1 check (id = 1),
  -- The first attempt: a backup can be overdue from then on.
  watched_since timestamptz not null default now(),
  ok_at timestamptz,
  bytes bigint,
  -- The first of the failures since `ok_at`.
  failing_since timestamptz,
  error text
);
