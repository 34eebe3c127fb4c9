import type { ExportKind, Period } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { walkRows } from '../platform/statements/cursor.ts'
import { sourceOf } from './export-sources.ts'

/** What is exported: the rows of a kind in the days of a period, which begin and end in the zone. */
export interface ExportAsk {
  readonly kind: ExportKind
  readonly period: Period
  /** The zone of the days and of all times. */
  readonly zone: string
}

/** Text, a number, whether something is so, or a wall time `YYYY-MM-DDTHH:MM:SS` of the zone. */
export type ExportValue = string | number | boolean | undefined

/** The rows of an export in batches, each with its values in the order of the columns. Needs a transaction, see `walkRows`. */
export async function* listExportRows(
  tx: Db,
  { kind, period, zone }: ExportAsk,
): AsyncGenerator<readonly (readonly ExportValue[])[], undefined> {
  const { columns, from, time, where, order } = sourceOf(kind)
  const list = columns.map(({ value, isMoment, name }) =>
    (isMoment ? sql`date_trunc('second', ${value} at time zone ${zone})` : value).as(name),
  )
  const statement = sql`select ${sql.join(list)} from ${from} where ${where} and ${isWithin(time, period, zone)} order by ${order}`
  for await (const rows of walkRows(tx, statement)) {
    yield rows.map((row) => columns.map(({ name }) => toValue(row[name])))
  }
}

/** A day begins at its midnight in the zone, whatever its length. */
function isWithin(time: RawBuilder<Date | null>, { from, until }: Period, zone: string): RawBuilder<boolean> {
  const midnight = (day: string, after: number) =>
    sql`((${day}::date + ${sql.lit(after)})::timestamp at time zone ${zone})`
  const begun = from === undefined ? sql`true` : sql`${time} >= ${midnight(from, 0)}`
  const notOver = until === undefined ? sql`true` : sql`${time} < ${midnight(until, 1)}`
  return sql<boolean>`(${begun} and ${notOver})`
}

function toValue(value: unknown): ExportValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date) return value.toISOString().slice(0, 19)
  return undefined
}
