import type { DetectedEvent } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { rowList } from '../platform/statements/row-list.ts'
import { renewMessages } from '../alerts/alert-corrections.ts'

/** Events that happened before are left as they are: what they follow from may be out of the reach of a detection. */
export const comparedDays = 90

/** An event of a container as it is to be stored. */
export interface StorableEvent extends DetectedEvent {
  readonly container: string
  readonly tripId: number | undefined
  readonly isNews: boolean
}

/** How many rows a detection has written. */
export interface StoredEvents {
  readonly added: number
  readonly news: number
  readonly withdrawn: number
  readonly returned: number
}

type StoredRow = Awaited<ReturnType<typeof listStored>>[number]

/**
 * Brings the stored events of some containers into line with the derived ones: those that are new are added, those that no longer
 * follow are withdrawn, and those that follow again are restored. A row keeps for ever whether it was news.
 */
export async function storeEvents(
  tx: Db,
  derived: readonly StorableEvent[],
  {
    containers,
    workbookId,
    comparedFrom,
  }: { readonly containers: readonly string[]; readonly workbookId: number; readonly comparedFrom: Date },
): Promise<StoredEvents> {
  const wanted = new Map(
    derived.flatMap((event) => (event.happenedAt >= comparedFrom ? [[nameOf(event), event] as const] : [])),
  )
  const stored = new Map((await listStored(tx, containers, comparedFrom)).map((row) => [nameOf(row), row]))
  const withdrawn = [...stored].flatMap(([name, row]) => (row.isWithdrawn || wanted.has(name) ? [] : [row]))
  const added: StorableEvent[] = []
  const kept: { readonly event: StorableEvent; readonly row: StoredRow }[] = []
  for (const [name, event] of wanted) {
    const row = stored.get(name)
    if (row) kept.push({ event, row })
    else added.push(event)
  }
  const returned = kept.filter(({ row }) => row.isWithdrawn)
  const moved = kept.filter(({ event, row }) => row.isWithdrawn || !isSame(row, event))
  await insert(tx, added, workbookId)
  await withdraw(tx, withdrawn)
  await update(tx, moved)
  return {
    added: added.length,
    news: added.filter(({ isNews }) => isNews).length,
    withdrawn: withdrawn.filter(({ isNews }) => isNews).length,
    returned: returned.filter(({ row }) => row.isNews).length,
  }
}

function isSame(row: StoredRow, event: StorableEvent): boolean {
  const names = Object.keys(event.details)
  return (
    row.happenedAt.getTime() === event.happenedAt.getTime() &&
    row.stationId === (event.stationId ?? null) &&
    row.trainNumber === (event.trainNumber ?? null) &&
    row.trainIndex === (event.trainIndex ?? null) &&
    names.length === Object.keys(row.details).length &&
    names.every((name) => row.details[name] === event.details[name])
  )
}

function nameOf({ container, kind, identity }: Pick<StoredRow, 'container' | 'kind' | 'identity'>): string {
  return `${container} ${kind} ${identity}`
}

function listStored(tx: Db, containers: readonly string[], since: Date) {
  return tx
    .selectFrom('event')
    .select(['id', 'container', 'kind', 'identity', 'happenedAt', 'stationId', 'trainNumber', 'trainIndex', 'isNews'])
    .select([
      sql<boolean>`withdrawn_at is not null`.as('isWithdrawn'),
      sql<DetectedEvent['details']>`details`.as('details'),
    ])
    .where('container', '=', sql<string>`any(${[...containers]}::text[])`)
    .where('happenedAt', '>=', since)
    .execute()
}

async function insert(tx: Db, events: readonly StorableEvent[], workbookId: number): Promise<void> {
  if (events.length === 0) return
  const added = rowList(
    'added',
    {
      container: 'text',
      tripId: 'bigint',
      kind: 'text',
      identity: 'text',
      happenedAt: 'timestamptz',
      stationId: 'integer',
      trainNumber: 'text',
      trainIndex: 'text',
      details: 'jsonb',
      isNews: 'boolean',
    },
    events.map(({ details, ...event }) => ({ ...event, details: JSON.stringify(details) })),
  )
  await sql`
    insert into event (container, trip_id, kind, identity, happened_at, station_id, train_number, train_index, details, is_news,
      workbook_id)
    select container, trip_id, kind, identity, happened_at, station_id, train_number, train_index, details, is_news,
      ${workbookId}::bigint
    from ${added}
    on conflict (container, kind, identity) do update set withdrawn_at = null where event.withdrawn_at is not null`.execute(
    tx,
  )
}

async function withdraw(tx: Db, rows: readonly StoredRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update event set withdrawn_at = now() where id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(tx)
}

async function update(
  tx: Db,
  changes: readonly { readonly row: StoredRow; readonly event: StorableEvent }[],
): Promise<void> {
  if (changes.length === 0) return
  const changed = rowList(
    'changed',
    {
      id: 'bigint',
      happenedAt: 'timestamptz',
      stationId: 'integer',
      tripId: 'bigint',
      trainNumber: 'text',
      trainIndex: 'text',
      details: 'jsonb',
    },
    changes.map(({ row: { id }, event: { happenedAt, stationId, tripId, trainNumber, trainIndex, details } }) => {
      return { id, happenedAt, stationId, tripId, trainNumber, trainIndex, details: JSON.stringify(details) }
    }),
  )
  await sql`
    update event set withdrawn_at = null, happened_at = changed.happened_at, station_id = changed.station_id,
      trip_id = changed.trip_id, train_number = changed.train_number, train_index = changed.train_index, details = changed.details
    from ${changed}
    where event.id = changed.id`.execute(tx)
  await renewMessages(
    tx,
    changes.map(({ row: { id } }) => id),
  )
}

/** Stores what the events of some containers follow from, so that a report that repeats it costs nothing. */
export async function storeStates(
  tx: Db,
  states: readonly { readonly container: string; readonly wakesAt: Date | undefined }[],
): Promise<void> {
  const facts = sql.raw(
    'trip_id, operated_at, operation_id, station_id, destination_station_id, delivery_due_at, trip_ended_at',
  )
  await sql`
    insert into event_state (container, wakes_at, ${facts})
    select examined.container, examined.wakes_at, ${facts}
    from ${rowList('examined', { container: 'text', wakesAt: 'timestamptz' }, states)}
    left join position on position.container = examined.container
    on conflict (container) do update set (wakes_at, ${facts}) = (excluded.wakes_at, ${sql.raw(
      'excluded.trip_id, excluded.operated_at, excluded.operation_id, excluded.station_id, excluded.destination_station_id, excluded.delivery_due_at, excluded.trip_ended_at',
    )})`.execute(tx)
}
