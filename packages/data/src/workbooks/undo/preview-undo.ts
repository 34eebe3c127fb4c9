import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'
import { findAccepted } from '../workbook-undo.ts'
import { isOther, listUndone, type UndoneReport } from './undone-containers.ts'

/** The consequences of a report for people: facts that were detected first with it, and the messages that have named them. */
interface Consequences {
  readonly events: number
  readonly notices: number
}

/** The facts that an undo takes back, counted before it by the rules of the undo. */
export type UndoPreview =
  | (Consequences & {
      readonly kind: 'dislocation'
      /** Containers whose position is worked out again from the other reports, those that are forgotten not counted. */
      readonly positions: number
      /** Operations that the report was the first to name. Those that others name as well come back under the next one. */
      readonly movements: number
      /** Containers that no other accepted report names. */
      readonly forgotten: number
    })
  | (Consequences & {
      readonly kind: 'terminal_report'
      /** Visits that are put together again from the other reports, those that are forgotten not counted. */
      readonly visits: number
      /** Visits that no other report names. */
      readonly forgotten: number
    })
  | {
      readonly kind: 'train_roster'
      readonly trainCode: string
      readonly containers: number
      /** Another list of the train counts afterwards. */
      readonly hasOther: boolean
    }

/** Counts what an undo of a workbook would take back; undefined when there is nothing to undo. */
export async function previewUndo(db: Db, id: number): Promise<UndoPreview | undefined> {
  const workbook = await findAccepted(db, id)
  if (!workbook) return undefined
  const { kind, stamp } = workbook
  if (kind === 'dislocation' && stamp) return previewDislocation(db, { id, stamp })
  if (kind === 'terminal_report') return previewTerminal(db, id)
  return kind === 'train_roster' ? previewRoster(db, id) : undefined
}

async function previewDislocation(db: Db, report: UndoneReport): Promise<UndoPreview> {
  const undone = await listUndone(db, report)
  const forgotten = await countForgotten(db, report)
  const moved = undone.filter(({ needsPosition }) => needsPosition).length
  return {
    kind: 'dislocation',
    positions: Math.max(0, moved - forgotten),
    movements: undone.reduce((sum, { operatedAt }) => sum + operatedAt.length, 0),
    forgotten,
    ...(await consequencesOf(db, report.id)),
  }
}

/**
 * Counts the containers that no other accepted report names. The first report of an operation holds its movement, so a movement of
 * another report shows that report; all others that name a container were formed later than this one, and their lists are compared.
 */
async function countForgotten(db: Db, { id, stamp }: UndoneReport): Promise<number> {
  const isLater = sql`${isOther(id)} and stamp >= ${stamp}::timestamptz`
  const columns = { count: sql<number>`count(*)` }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`
      with candidate as materialized (
        select container from (select unnest(containers) as container from workbook where id = ${id}) as held
        where not exists (
          select from movement where movement.container = held.container and movement.workbook_id <> ${id})
      ), known as (
        select distinct unnest(containers) as container from workbook
        where exists (select from candidate) and ${isLater}
      )
      select ${list} from candidate
      where not exists (select from known where known.container = candidate.container)
        and not exists (select from workbook where ${isLater} and containers is null)`,
  )
  return row?.count ?? 0
}

async function previewTerminal(db: Db, id: number): Promise<UndoPreview> {
  const isForgotten = sql`not exists (
    select from terminal_sighting as other
    where other.container = touched.container and other.visit_key = touched.visit_key and other.workbook_id <> ${id})`
  const columns = {
    all: sql<number>`count(*)`,
    forgotten: sql<number>`count(*) filter (where ${isForgotten})`,
  }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from (
      select distinct container, visit_key from terminal_sighting where workbook_id = ${id}) as touched`,
  )
  const { all = 0, forgotten = 0 } = row ?? {}
  return { kind: 'terminal_report', visits: all - forgotten, forgotten, ...(await consequencesOf(db, id)) }
}

async function previewRoster(db: Db, id: number): Promise<UndoPreview | undefined> {
  const isAnother = sql<boolean>`exists (
    select from train_roster as other where other.train_code = list.train_code and other.workbook_id <> list.workbook_id)`
  const columns = {
    trainCode: sql<string>`list.train_code`,
    containers: sql<number>`(select count(*) from train_roster_row as line where line.workbook_id = list.workbook_id and moved_at is null)
      + (select count(*) from train_roster_away as line where line.workbook_id = list.workbook_id)`,
    hasOther: isAnother,
  }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from train_roster as list where list.workbook_id = ${id}`,
  )
  return row && { kind: 'train_roster', ...row }
}

/** The detection decides which of the events follow from the other reports as well, and corrects the messages about the rest. */
async function consequencesOf(db: Db, id: number): Promise<Consequences> {
  // Nothing is detected before the report is here, and events are indexed by that time.
  const ofReport: RawBuilder<unknown> = sql`event.workbook_id = ${id} and event.withdrawn_at is null and event.is_news
    and event.detected_at >= (select created_at from workbook where id = ${id})`
  const columns = {
    events: sql<number>`(select count(*) from event where ${ofReport})`,
    notices: sql<number>`(
      select count(distinct alert.id) from event
      join alert_event on alert_event.event_id = event.id
      join alert on alert.id = alert_event.alert_id
      where ${ofReport} and alert.reported_at is not null)`,
  }
  const row = await selectRow(db, columns, (list) => sql`select ${list}`)
  return row ?? { events: 0, notices: 0 }
}
