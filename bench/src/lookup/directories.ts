/**
 * The size of production: 2,000 stations, 60 operations, 500 reports of five sources, four a day.
 */
export const directories = `
  insert into station (key, name, code, road_name, road_code)
  select code, 'СТАНЦИЯ ' || code, code, 'ДОРОГА ' || n % 16, (n % 16)::text
  from generate_series(1, 2000) n, lpad((n * 487)::text, 6, '0') code;

  insert into operation (name, mnemonic, meaning)
  select kind || ' (' || n || ')', 'ОПЕР', case kind
    when 'Выгрузка' then 'unloaded' when 'Бросание поезда' then 'abandoned'
    when 'Отправление вагона со станции' then 'departed' else 'other' end
  from generate_series(1, 60) n, lateral (select case
    when n <= 5 then 'Выгрузка' when n <= 7 then 'Бросание поезда'
    when n <= 30 then 'Прибытие вагона на станцию' else 'Отправление вагона со станции' end as kind) as named;

  insert into source (kind, sender, report_number)
  select 'dislocation', 'cargolk@gvc.rzd.ru', n::text from generate_series(1, 5) n;

  insert into blob (sha256, content) values (sha256('bench'), 'bench');

  insert into workbook (origin, sender, file_name, sha256, size, received_at, status, kind, stamp, zone, row_count, source_id)
  select 'mail', 'cargolk@gvc.rzd.ru', '103.xlsx', sha256('bench'), 5, stamp, 'imported', 'dislocation', stamp,
    'Europe/Moscow', 20000, n % 5 + 1
  from generate_series(1, 500) n, lateral (select now() - n * interval '6 hours' as stamp) formed`

/**
 * Every tenth container is in the reports of the last week; one in ten of these is missing from the newest report of its source.
 * The others left the reports long ago, nearly all unloaded. A fifth of the containers on their way is at the destination, a tenth
 * at the origin; a quarter has not moved for a day and one in twelve for three. The consignee is one of 3,000 clients, a few of
 * which have very many containers; one container in fifty has no consignee. The rows lie in the order of the containers' first
 * reports; a third of the containers on their way have numbers that are used again.
 */
export const allPositions = `
  insert into position (container, workbook_id, stamp, seen_at, operated_at, row_number, content_key, operated_wall,
    operation_id, station_id, origin_station_id, destination_station_id, is_unloaded, waybill, container_type, trip_started_at,
    consignor, consignee, cargo, weight_kg, condition, train_index, train_number, wagon, seals, delivery_due_at,
    km_total, km_done, km_left, idle_minutes, shipment_id, waybill_id, loaded, is_live, trip_id, is_abandoned)
  select container, workbook.id, stamp, stamp, operated_at, n % 2000 + 5, n, operated_at at time zone 'Europe/Moscow',
    operation_id, case place when 'there' then state.destination when 'origin' then state.origin else n % 2000 + 1 end,
    state.origin, state.destination,
    operation_id <= 5, 'ЭФ' || lpad((n % 1000000)::text, 6, '0'), '45G1',
    operated_at - interval '8 days', consignor, consignee, 'ПРИБОРЫ БЫТОВЫЕ', 26575, 'ИСПРАВЕН',
    case when place <> 'origin' then '9822+988+1811' end, case when place <> 'origin' then '1988' end,
    lpad((n % 100000 + 94000000)::text, 8, '0'), 1, stamp + interval '9 days',
    9230, 9230 - km_left, km_left, idle, (7544212626 + n)::text, (1838122545 + n)::text, true, is_live, n,
    operation_id in (6, 7)
  from container
  cross join lateral (select (hashint4(n) & 65535) / 65536.0 as luck, (hashint4(n + 10000000) & 65535) / 65536.0 as fate,
    (hashint4(n + 20000000) & 65535) / 65536.0 as wealth, n % 10 = 0 as is_live) as drawn
  cross join lateral (select
    case when not is_live then case when luck < 0.95 then 'there' else 'road' end
      when luck < 0.2 then 'there' when luck < 0.3 then 'origin' else 'road' end as place,
    case when fate < 0.75 then (fate * 1900)::integer when fate < 0.92 then (1440 + (fate - 0.75) * 17000)::integer
      else (4330 + (fate - 0.92) * 150000)::integer end as idle,
    n % 7 * 31 + 1 as origin, n % 11 * 97 + 2 as destination) as state
  cross join lateral (select
    case place when 'there' then case when luck < 0.08 or not is_live then n / 10 % 5 + 1 else n / 10 % 20 + 8 end
      when 'origin' then n / 10 % 20 + 8
      else case when luck > 0.98 then n / 10 % 2 + 6 when luck > 0.8 then n / 10 % 20 + 8 else n / 10 % 30 + 31 end end as operation_id,
    case when place = 'there' then 0 else n / 10 % 9000 + 20 end as km_left) as doing
  cross join lateral (select case when n % 50 <> 17 then pg_temp.bench_client((3000 * wealth ^ 3)::integer, n) end as consignee,
    case when n % 50 <> 17 then pg_temp.bench_client(n % 300 + 4000, n) end as consignor) as party
  join workbook on workbook.id = case
    when is_live and n % 100 > 0 then n / 10 % 5 + 1 when is_live then n / 100 % 20 + 6 else n % 440 + 50 end
  cross join lateral (select stamp - make_interval(mins => idle) as operated_at) operated
  order by case when n % 30 = 0 then now() - (hashint4(n + 30000000) & 65535) * interval '165 seconds' else stamp end`

export const allMovements = `
  insert into movement (container, operated_at, operation_id, station_id, operated_wall, wagon, waybill, train_index,
    train_number, km_left, stamp, workbook_id, trip_id)
  select container, moved_at, case age when 0 then operation_id else (operation_id + age) % 50 + 8 end,
    case age when 0 then station_id else (station_id + age) % 2000 + 1 end,
    moved_at at time zone 'Europe/Moscow', wagon, waybill, train_index, train_number, km_left + age * 400, stamp,
    workbook_id, trip_id
  from position, generate_series(0, $1::integer - 1) age,
  lateral (select operated_at - age * interval '9 hours' as moved_at) moved
  order by container, moved_at`

export const allTrips = `
  insert into trip (id, container, started_at, waybill, waybills, is_current, origin_station_id, destination_station_id, consignor,
    consignee, delivery_due_at, km_total, last_operated_at, last_operation_id, last_station_id, status)
  select trip_id, container, trip_started_at, waybill, array[waybill], true, origin_station_id, destination_station_id, consignor,
    consignee, delivery_due_at, km_total, operated_at, operation_id, station_id,
    (case when station_id <> destination_station_id then 'en_route' when is_unloaded then 'unloaded' else 'at_destination' end)::trip_status
  from position`
