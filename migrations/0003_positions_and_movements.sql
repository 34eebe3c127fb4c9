-- Directories learned from the files. A station is known by its ESR code, or by its name while no code was seen.
create table station (
  id integer generated always as identity primary key,
  key text not null unique,
  name text not null,
  code text,
  road_name text,
  road_code text
);

create table operation (
  id integer generated always as identity primary key,
  name text not null unique,
  mnemonic text
);

-- Where every container is: the newest operation within the newest accepted stamp that holds it.
create table position (
  container text primary key,
  workbook_id bigint not null references workbook,
  -- The order of positions: stamp, operation time, row, content. It makes the picture independent of the order of arrival.
  stamp timestamptz not null,
  operated_at timestamptz not null,
  row_number integer not null,
  content_key bigint not null,
  operated_wall timestamp not null,
  operation_id integer not null references operation,
  station_id integer not null references station,
  origin_station_id integer references station,
  destination_station_id integer references station,
  waybill text,
  container_type text,
  trip_started_at timestamptz,
  trip_ended_at timestamptz,
  origin_country text,
  destination_country text,
  consignor_tgnl text,
  consignor_short text,
  consignor_okpo text,
  consignor text,
  consignee_tgnl text,
  consignee_short text,
  consignee_okpo text,
  consignee text,
  cargo text,
  cargo_code text,
  weight_kg double precision,
  condition text,
  train_index text,
  train_number text,
  wagon text,
  seals integer,
  country_received text,
  country_handed text,
  road_received text,
  road_handed text,
  delivery_due_at timestamptz,
  km_total integer,
  km_done integer,
  km_left integer,
  idle_minutes integer,
  shipment_id text,
  waybill_id text,
  loaded boolean
);
create index position_wagon on position (wagon) where wagon is not null;
create index position_waybill on position (waybill) where waybill is not null;

-- Every distinct operation of a container, kept for ever. What describes it comes from the earliest report that tells of it.
create table movement (
  container text not null,
  operated_at timestamptz not null,
  operation_id integer not null references operation,
  station_id integer not null references station,
  operated_wall timestamp not null,
  wagon text,
  waybill text,
  train_index text,
  train_number text,
  km_left integer,
  stamp timestamptz not null,
  workbook_id bigint not null references workbook,
  primary key (container, operated_at, operation_id, station_id)
);
