import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { isAccepted } from '../workbooks/accepted.ts'

/** A report by its source and its stamp; two files of one stamp are one report. */
export interface ReportPlace {
  readonly sourceId: number
  readonly stamp: Date
}

/**
 * Stores again from when on the source holds containers, or holds them no longer, after a report of this stamp was accepted or undone:
 * the report is compared with the one before it, and the next with what precedes that now. Returns the containers for which that
 * has changed. Nobody else may write meanwhile.
 */
export async function refreshPresence(tx: Db, place: ReportPlace): Promise<readonly string[]> {
  const own = await refreshAt(tx, place)
  const next = await findStamp(tx, place, sql`min(stamp)`, sql`stamp > ${place.stamp}::timestamptz`)
  return next ? [...own, ...(await refreshAt(tx, { ...place, stamp: next }))] : own
}

async function refreshAt(tx: Db, place: ReportPlace): Promise<readonly string[]> {
  const { sourceId, stamp } = place
  const former = await findStamp(tx, place, sql`max(stamp)`, sql`stamp < ${stamp}::timestamptz`)
  // Without a report before it, or without this one, nothing begins or ends here.
  const isReport = await findStamp(tx, place, sql`max(stamp)`, sql`stamp = ${stamp}::timestamptz`)
  const reports = { ...place, former: former && isReport ? former : undefined }
  const rows = await selectRows(
    tx,
    { container: sql<string>`container` },
    (list) => sql`
    with desired as materialized (${changesAt(reports)}), gone as (
      delete from presence_change as known where source_id = ${sourceId} and stamp = ${stamp}::timestamptz
        and not exists (select from desired where desired.container = known.container and desired.is_present = known.is_present)
      returning container
    ), added as (
      insert into presence_change (container, source_id, stamp, is_present)
      select container, ${sourceId}::bigint, ${stamp}::timestamptz, is_present from desired
      where not exists (select from presence_change as known where known.container = desired.container
        and known.source_id = ${sourceId} and known.stamp = ${stamp}::timestamptz)
      returning container
    )
    select ${list} from gone union select container from added`,
  )
  return rows.map(({ container }) => container)
}

/** The containers that a report begins to hold, or holds no longer. One whose containers are not stored says nothing. */
function changesAt({
  sourceId,
  stamp,
  former,
}: ReportPlace & { readonly former: Date | undefined }): RawBuilder<unknown> {
  if (!former) return sql`select null::text as container, null::boolean as is_present where false`
  return sql`
    select container, bool_or(is_held) as is_present
    from (
      select unnest(containers) as container, stamp = ${stamp}::timestamptz as is_held from workbook
      where ${isOfSource(sourceId)} and stamp in (${former}::timestamptz, ${stamp}::timestamptz)
        and not exists (
          select from workbook as unknown where unknown.source_id = ${sourceId} and ${isAccepted('unknown')}
            and unknown.stamp in (${former}::timestamptz, ${stamp}::timestamptz) and unknown.containers is null)
    ) as held
    group by container having bool_and(is_held) or not bool_or(is_held)`
}

async function findStamp(
  tx: Db,
  { sourceId }: ReportPlace,
  which: RawBuilder<Date | null>,
  where: RawBuilder<boolean>,
): Promise<Date | undefined> {
  const row = await tx
    .selectFrom('workbook')
    .select(which.as('found'))
    .where(isOfSource(sourceId))
    .where(where)
    .executeTakeFirst()
  return row?.found ?? undefined
}

function isOfSource(sourceId: number): RawBuilder<boolean> {
  return sql`source_id = ${sourceId} and ${isAccepted()} and kind = 'dislocation' and stamp is not null`
}
