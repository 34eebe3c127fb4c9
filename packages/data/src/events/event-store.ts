import type { DetectedEvent } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { type ColumnTexts, groupRows } from '../platform/statements/columns.ts'
import { rowList } from '../platform/statements/row-list.ts'
import { renewMessages } from '../alerts/alert-corrections.ts'
import type { StoredEvent } from './compare-events.ts'

/** Events that happened before are left as they are: what they follow from may be out of the reach of a detection. */
export const comparedDays = 90

/** An event as it is to be stored. */
export interface StorableEvent {
  readonly container: string
  readonly tripId: number | undefined
  readonly isNews: boolean
  readonly event: DetectedEvent
}

/** A stored event that follows with other facts. */
export interface MovedEvent {
  readonly id: number
  readonly tripId: number | undefined
  readonly event: DetectedEvent
}

const storedColumns = {
  id: sql`id`,
  container: sql`container`,
  kind: sql`kind`,
  identity: sql`identity`,
  happenedAt: sql`round(date_part('epoch', happened_at) * 1000)`,
  stationId: sql`station_id`,
  trainNumber: sql`train_number`,
  trainIndex: sql`train_index`,
  isNews: sql`is_news`,
  isWithdrawn: sql`withdrawn_at is not null`,
  details: sql`details`,
}

/** The stored events of some containers, an SQL array, that happened since, also those that were withdrawn. */
export function sourceOfStored(containers: RawBuilder<readonly string[]>, since: Date) {
  return {
    columns: storedColumns,
    from: sql`event where container = any(${containers}) and happened_at >= ${since}::timestamptz`,
  }
}

/** Those events by their containers. */
export function toStored(texts: ColumnTexts<keyof typeof storedColumns>): ReadonlyMap<string, readonly StoredEvent[]> {
  return groupRows(texts.container, (place) => toStoredEvent(texts, place))
}

function toStoredEvent(texts: ColumnTexts<keyof typeof storedColumns>, place: number): StoredEvent {
  return {
    id: Number(texts.id[place]),
    kind: texts.kind[place] ?? '',
    identity: texts.identity[place] ?? '',
    happenedMs: Number(texts.happenedAt[place]),
    stationId: texts.stationId[place] ? Number(texts.stationId[place]) : undefined,
    trainNumber: texts.trainNumber[place] || undefined,
    trainIndex: texts.trainIndex[place] || undefined,
    isNews: texts.isNews[place] === 'true',
    isWithdrawn: texts.isWithdrawn[place] === 'true',
    details: texts.details[place] ?? '{}',
  }
}

/** Stores new events, first derived from a workbook. A row keeps for ever whether it was news. */
export async function insertEvents(tx: Db, events: readonly StorableEvent[], workbookId: number): Promise<void> {
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
    events.map(({ event, container, tripId, isNews }) => {
      const { kind, identity, happenedAt, stationId, trainNumber, trainIndex } = event
      const details = JSON.stringify(event.details)
      return { container, tripId, kind, identity, happenedAt, stationId, trainNumber, trainIndex, details, isNews }
    }),
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

/** Marks rows that no longer follow. */
export async function withdrawEvents(tx: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update event set withdrawn_at = now() where id = any(${[...ids]}::bigint[])`.execute(tx)
}

/** Corrects rows that follow with other facts, and restores those that were withdrawn. */
export async function updateEvents(tx: Db, changes: readonly MovedEvent[]): Promise<void> {
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
    changes.map(({ id, tripId, event: { happenedAt, stationId, trainNumber, trainIndex, details } }) => {
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
    changes.map(({ id }) => id),
  )
}
