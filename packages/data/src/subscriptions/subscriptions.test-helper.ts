import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as people from '../people/people.ts'
import * as subscriptions from './subscriptions.ts'

let updateId = 1_000

/** A subscription of Анна's, at 09:00 in Vladivostok. */
export async function aSubscription(
  db: Db,
  fields: Partial<subscriptions.NewSubscription>,
): Promise<{ readonly id: number; readonly personId: number }> {
  const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  updateId += 1
  const { id } = await subscriptions.insert(db, {
    personId,
    name: 'Список',
    items: [],
    slots: ['09:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2025-09-02T23:00:00Z'),
    createdUpdateId: updateId,
    ...fields,
  })
  return { id, personId: fields.personId ?? personId }
}

/** Live positions on their way to Селятино, which stand at Чита for ten days. */
export async function storePositions(db: Db, containers: readonly string[]): Promise<void> {
  await sql`insert into operation (name) values ('Прибытие') on conflict do nothing`.execute(db)
  await sql`insert into station (key, name, code) values ('947005', 'ЧИТА I', '947005'), ('181102', 'СЕЛЯТИНО', '181102')
    on conflict do nothing`.execute(db)
  await sql`insert into position (container, workbook_id, stamp, operated_at, row_number, content_key, operated_wall,
      operation_id, station_id, destination_station_id, is_live)
    select box, 1, now(), now() - interval '10 days', 1, 1, now(), operation.id, here.id, there.id, true
    from unnest(${containers}::text[]) box, operation, station here, station there
    where here.code = '947005' and there.code = '181102'`.execute(db)
}

/** A client that files name for containers. */
export async function nameClient(db: Db, name: string, containers: readonly string[]): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into party (form, inn, key) values (client_form(${name}), '', client_key(${name})) returning id`.execute(db)
  const id = rows[0]?.id ?? 0
  await sql`insert into container_party (container, party_id, is_live)
    select box, ${id}, true from unnest(${containers}::text[]) box`.execute(db)
  return id
}

/** The newest list of a train. */
export async function storeTrain(db: Db, code: string, containers: readonly string[]): Promise<void> {
  const sha256 = Buffer.alloc(32, code.length + containers.length)
  await sql`insert into blob (sha256, content) values (${sha256}, '')`.execute(db)
  const { rows } = await sql<{ id: number }>`
    insert into workbook (origin, file_name, sha256, size, received_at, status, kind)
    values ('mail', 'train.xlsx', ${sha256}, 1, now(), 'imported', 'train_roster') returning id`.execute(db)
  const id = rows[0]?.id ?? 0
  await sql`insert into train_roster (workbook_id, train_code, sent_at) values (${id}, ${code}, now())`.execute(db)
  await sql`insert into train_roster_row (workbook_id, row_number, container)
    select ${id}, place, box from unnest(${containers}::text[]) with ordinality as listed (box, place)`.execute(db)
}
