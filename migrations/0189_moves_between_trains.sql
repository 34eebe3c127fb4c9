-- Containers that changed trains on the way: wherever a list names the container under the train it has left, it counts for the other one.
create table train_move (
  container text not null,
  from_code text not null,
  to_code text not null,
  moved_at timestamptz not null default now(),
  primary key (container, from_code),
  check (from_code <> to_code)
);
create index train_move_from on train_move (from_code);
create index train_move_to on train_move (to_code);

-- Set for a row that stands here because of a move, and not because the file of the list holds it.
alter table train_roster_row add column moved_at timestamptz;

-- Rows of the lists that count whose containers were moved to another train: they come back when the move does not hold any more.
create table train_roster_away (
  workbook_id bigint not null references train_roster on delete cascade,
  row_number integer not null,
  container text not null,
  client text,
  type text,
  weight_kg double precision,
  wagon text,
  waybill text,
  destination text,
  primary key (workbook_id, row_number)
);
create index train_roster_away_container on train_roster_away (container);
