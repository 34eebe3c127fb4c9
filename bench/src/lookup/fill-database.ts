import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { containerNumber } from '@atermtrack/testkit'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

export interface Filling {
  readonly positions: number
  readonly movementsPerPosition: number
}

const linesPerChunk = 10_000

/** Fills an empty database: position n is of `containerNumber(n)`, with its newest movement and older ones. */
export async function fillDatabase(url: string, { positions, movementsPerPosition }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // Rows that refer to each other correctly need no check one by one, nor a disk that is waited for.
    await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'")
    await client.query('create temporary table container (n integer, container text)')
    const lines = Readable.from(containerLines(positions))
    await pipeline(lines, client.query(copyFrom('copy container from stdin')))
    await client.query(directories)
    await client.query(allPositions)
    await client.query(allMovements, [movementsPerPosition])
    await client.query('vacuum analyze')
    // Else the disk is busy with these gigabytes while the questions come.
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

function* containerLines(count: number): Generator<string> {
  let pending = ''
  for (let n = 0; n < count; n++) {
    pending += `${n}\t${containerNumber(n)}\n`
    if (n % linesPerChunk !== linesPerChunk - 1 && n !== count - 1) continue
    yield pending
    pending = ''
  }
}

// Of the size of the real thing: 2,000 stations, 60 operations, 500 reports.
const directories = `
  insert into station (key, name, code, road_name, road_code)
  select code, 'СТАНЦИЯ ' || code, code, 'ДОРОГА ' || n % 16, (n % 16)::text
  from generate_series(1, 2000) n, lpad((n * 487)::text, 6, '0') code;

  insert into operation (name, mnemonic)
  select 'Отправление вагона со станции (' || n || ')', 'ОТПР' from generate_series(1, 60) n;

  insert into blob (sha256, content) values (sha256('bench'), 'bench');

  insert into workbook (origin, sender, file_name, sha256, size, received_at, status, kind, stamp, zone, row_count)
  select 'mail', 'cargolk@gvc.rzd.ru', '103.xlsx', sha256('bench'), 5, stamp, 'imported', 'dislocation', stamp,
    'Europe/Moscow', 2000
  from generate_series(1, 500) n, lateral (select now() - n * interval '1 hour' as stamp) formed`

const allPositions = `
  insert into position (container, workbook_id, stamp, operated_at, row_number, content_key, operated_wall,
    operation_id, station_id, origin_station_id, destination_station_id, waybill, container_type, trip_started_at,
    consignor, consignee, cargo, weight_kg, condition, train_index, train_number, wagon, seals, delivery_due_at,
    km_total, km_done, km_left, idle_minutes, shipment_id, waybill_id, loaded)
  select container, workbook.id, stamp, operated_at, n % 2000 + 5, n, operated_at at time zone 'Europe/Moscow',
    n % 60 + 1, n % 2000 + 1, n % 7 + 1, n % 11 + 1, 'ЭФ' || lpad((n % 1000000)::text, 6, '0'), '45G1',
    operated_at - interval '8 days', 'ООО "Снежный Мыс"', 'ООО "Дальний Берег"', 'ПРИБОРЫ БЫТОВЫЕ', 26575, 'ИСПРАВЕН',
    '9822+988+1811', '1988', lpad((n % 100000 + 94000000)::text, 8, '0'), 1, stamp + interval '9 days',
    9230, 1400, 7830, 429, (7544212626 + n)::text, (1838122545 + n)::text, true
  from container
  join workbook on workbook.id = n % 500 + 1,
  lateral (select stamp - n % 720 * interval '1 minute' as operated_at) operated
  order by container`

const allMovements = `
  insert into movement (container, operated_at, operation_id, station_id, operated_wall, wagon, waybill, train_index,
    train_number, km_left, stamp, workbook_id)
  select container, moved_at, (operation_id + age) % 60 + 1, (station_id + age) % 2000 + 1,
    moved_at at time zone 'Europe/Moscow', wagon, waybill, train_index, train_number, km_left + age * 400, stamp,
    workbook_id
  from position, generate_series(0, $1::integer - 1) age,
  lateral (select operated_at - age * interval '9 hours' as moved_at) moved
  order by container, moved_at`
