-- How long containers take for the rest of their way, measured once a week over finished trips, and how well that forecast what came.
create type forecast_step as enum ('lane', 'road', 'plain');

-- One measurement; the last half year of them is kept.
create table forecast_measurement (
  id bigint generated always as identity primary key,
  measured_at timestamptz not null default now(),
  -- Figures of trips that arrived before it were tested with operations from it on. Null where there were no trips.
  split_at timestamptz,
  trips integer not null,
  samples integer not null
);

-- Its figures for a station, or for a whole road, by remaining kilometres. Minutes are beyond the plain pace of 600 km a day.
create table forecast_lane (
  id bigint generated always as identity primary key,
  measurement_id bigint not null references forecast_measurement on delete cascade,
  -- Null in the figures of a road.
  destination_station_id integer,
  road_name text,
  bucket smallint not null,
  trips integer not null,
  -- The step of the ladder that was best in the back-test, its figures, and how the back-test ended. Null where there is none.
  step forecast_step not null,
  usual_minutes integer,
  low_minutes integer,
  high_minutes integer,
  tests integer not null,
  error_minutes integer,
  bias_minutes integer,
  share_within real,
  -- The error of the plain pace over the same operations.
  plain_error_minutes integer
);
create index forecast_lane_measurement on forecast_lane (measurement_id);

-- The pace by which containers are forecast now: the ladder gone down for each destination. Small, and read with every position.
create table forecast_pace (
  destination_station_id integer not null,
  bucket smallint not null,
  step forecast_step not null,
  usual_minutes integer not null,
  low_minutes integer not null,
  high_minutes integer not null,
  error_minutes integer not null,
  trips integer not null,
  primary key (destination_station_id, bucket)
);
