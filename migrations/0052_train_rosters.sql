-- The list of a train as one workbook gives it; of several for one train the newest counts.
create table train_roster (
  workbook_id bigint primary key references workbook,
  train_code text not null,
  destination text,
  sent_at timestamptz not null
);
create index train_roster_train on train_roster (train_code, sent_at desc, workbook_id desc);

create table train_roster_row (
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
create index train_roster_row_container on train_roster_row (container);

-- What an admin says of a train.
create table train (
  code text primary key,
  transshipment_station text,
  updated_at timestamptz not null default now()
);

-- The roster that counts for each train.
create view current_train_roster as
select distinct on (roster.train_code) roster.train_code, roster.workbook_id, roster.destination, roster.sent_at
from train_roster as roster
join workbook on workbook.id = roster.workbook_id and workbook.status = 'imported'
order by roster.train_code, roster.sent_at desc, roster.workbook_id desc;
