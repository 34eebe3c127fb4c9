-- What people have decided about a container on the attention list. Those who see the same containers share their marks: the people
-- of a company, and those who see everything.
create table attention_mark (
  -- The company, or 0 for those who see everything.
  circle bigint not null,
  container text not null,
  -- The mark ends with the trip.
  trip_id bigint,
  taken_by bigint,
  taken_at timestamptz,
  -- Not shown until then.
  later_until timestamptz,
  -- Not shown while the container is in the state that this text names.
  hidden_state text,
  -- Who put it off or hid it last.
  hidden_by bigint,
  note text,
  note_by bigint,
  changed_at timestamptz not null default now(),
  primary key (circle, container)
);
create index attention_mark_people on attention_mark (taken_by);
