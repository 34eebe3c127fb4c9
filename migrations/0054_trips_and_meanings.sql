-- What an operation means for status and order, by the table of the domain package; kept up by every import.
alter table operation add column meaning text not null default 'other'
  check (meaning in ('unloaded', 'tail', 'abandoned', 'picked_up', 'departed', 'other'));

-- With the container a trip is known by its start, or by its waybill where the start is not told.
alter table movement add column trip_started_at timestamptz;

-- The end of a trip is not overwritten by its late tails.
alter table position
  add column is_unloaded boolean not null default false,
  add column is_tail boolean not null default false,
  -- Stamp of the newest report that holds the container, whichever of its operations is the current one.
  add column seen_at timestamptz not null default '-infinity';
