-- A report of a source begins to hold a container, or holds it no longer. Between two rows nothing changes, so that a container that
-- stays in its reports has none. Follows from the containers of the accepted reports of the source, in the order of their stamps.
create table presence_change (
  container text not null,
  source_id bigint not null,
  stamp timestamptz not null,
  is_present boolean not null,
  primary key (container, source_id, stamp)
);
create index presence_change_report on presence_change (source_id, stamp);

-- What the events of a container were last derived from. A container whose position says the same before `wakes_at` has no new ones.
create table event_state (
  container text primary key,
  trip_id bigint,
  operated_at timestamptz,
  operation_id integer,
  station_id integer,
  destination_station_id integer,
  delivery_due_at timestamptz,
  trip_ended_at timestamptz,
  -- The stamp from which the same position means something new; null when it never does.
  wakes_at timestamptz
);
