import { fieldOfTerminalReport, terminalFields } from '@atermtrack/domain'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { learnFromTerminal } from '../visibility/client-spellings.ts'
import { resolveContainers } from '../visibility/container-parties.ts'
import { lockParties, resolveCompanies } from '../visibility/parties.ts'
import type { Db } from '../platform/client.ts'
import type { Withdrawal } from '../workbooks/workbook-undo.ts'
import { copyTerminalSightings, createTerminalStaging } from './terminal-staging.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

const storedFields = terminalFields.filter((field) => fieldOfTerminalReport(field).stored)
const storedColumns = sql.raw(storedFields.join(', '))
const storedValues = sql.raw(storedFields.map((field) => `fields ->> '${field}'`).join(', '))
const replacedColumns = sql.raw(storedFields.map((field) => `${field} = excluded.${field}`).join(', '))

export interface TerminalImport {
  readonly workbookId: number
  readonly stamp: Date
  /** Lines of `encodeTerminalVisit`, in chunks of any size. */
  readonly chunks: readonly Uint8Array[]
}

/** Stores the rows of a terminal report and rebuilds the visits of its containers; returns how many there are. */
export async function importTerminalReport(tx: Db, client: pg.PoolClient, report: TerminalImport): Promise<number> {
  await lockTerminalVisits(tx)
  await sql.raw(createTerminalStaging).execute(tx)
  await pipeline(Readable.from(report.chunks), client.query(copyFrom(copyTerminalSightings)))
  await sql`
    insert into terminal_sighting (workbook_id, sheet, row_number, container, visit_key, stamp, fields)
    select ${report.workbookId}::bigint, sheet, row_number, container, visit_key, ${report.stamp}::timestamptz, fields
    from terminal_staging`.execute(tx)
  await sql`create temporary table touched_visit on commit drop as
    select distinct container, visit_key from terminal_staging`.execute(tx)
  const visits = await mergeTouchedVisits(tx)
  await resolveTouched(tx)
  return visits
}

/** Deletes the rows of a terminal report, with the visits that only this report mentions. */
export async function withdrawTerminalReport(tx: Db, workbookId: number): Promise<Withdrawal> {
  await lockTerminalVisits(tx)
  await sql`create temporary table touched_visit on commit drop as
    select distinct container, visit_key from terminal_sighting where workbook_id = ${workbookId}`.execute(tx)
  await sql`delete from terminal_sighting where workbook_id = ${workbookId}`.execute(tx)
  await sql`delete from terminal_visit using touched_visit
    where terminal_visit.container = touched_visit.container and terminal_visit.visit_key = touched_visit.visit_key`.execute(
    tx,
  )
  await mergeTouchedVisits(tx)
  await resolveTouched(tx)
  const columns = {
    restored: sql<number>`count(distinct visit.container)::int`,
    forgotten: sql<number>`count(distinct touched_visit.container)::int - count(distinct visit.container)::int`,
  }
  const left = await selectRow(
    tx,
    columns,
    (list) => sql`select ${list} from touched_visit left join terminal_visit as visit using (container)`,
  )
  return left ?? { restored: 0, forgotten: 0 }
}

/** Without a report another name may come to the fore that no report before has shown. */
async function resolveTouched(tx: Db): Promise<void> {
  const innsChanged = await learnFromTerminal(tx)
  await lockParties(tx)
  if (innsChanged) await resolveCompanies(tx)
  await resolveContainers(tx, sql`select container from touched_visit`)
}

async function lockTerminalVisits(tx: Db): Promise<void> {
  await sql`set local lock_timeout = '120s'`.execute(tx)
  await sql`set local statement_timeout = '300s'`.execute(tx)
  await sql`select pg_advisory_xact_lock(hashtextextended('terminal-import', 0))`.execute(tx)
}

/**
 * Keeps the newest value of each field that is not blank, whatever the order in which the reports are imported. Within one stamp the
 * report received later wins, then the content decides; within one report the later row wins, but what one of its sheets says to be so
 * (`conditionOf`: at the customs, damaged) no other sheet denies.
 */
async function mergeTouchedVisits(tx: Db): Promise<number> {
  const result = await sql`
    insert into terminal_visit (container, visit_key, stamp, ${storedColumns}, teu, client,
      arrived_at, arrived_wall, dispatched_at, dispatched_wall, on_site, fields)
    select container, visit_key, stamp, ${storedValues},
      case when fields ->> 'size' ~ '^4[05]' then 2 else 1 end,
      coalesce(fields ->> 'client', fields ->> 'shortName'),
      (fields ->> 'arrivedAt')::timestamptz, (fields ->> 'arrivedWall')::timestamp,
      (fields ->> 'dispatchedAt')::timestamptz, (fields ->> 'dispatchedWall')::timestamp,
      not (fields ? 'dispatchedAt' or fields ? 'dispatchId'), fields
    from (
      select container, visit_key, max(stamp) as stamp, jsonb_object_agg(key, value) as fields
      from (
        select distinct on (s.container, s.visit_key, field.key)
          s.container, s.visit_key, field.key, field.value,
          max(s.stamp) over (partition by s.container, s.visit_key) as stamp
        from touched_visit t
        join terminal_sighting s on s.container = t.container and s.visit_key = t.visit_key
        join workbook on workbook.id = s.workbook_id
        cross join lateral jsonb_each(s.fields) as field
        order by s.container, s.visit_key, field.key, s.stamp desc, workbook.received_at desc, workbook.sha256 desc,
          field.value = 'true' desc, s.sheet desc, s.row_number desc
      ) as newest
      group by container, visit_key
    ) as merged
    on conflict (container, visit_key) do update set
      stamp = excluded.stamp, ${replacedColumns}, teu = excluded.teu, client = excluded.client,
      arrived_at = excluded.arrived_at, arrived_wall = excluded.arrived_wall, dispatched_at = excluded.dispatched_at,
      dispatched_wall = excluded.dispatched_wall, on_site = excluded.on_site, fields = excluded.fields`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
