import { fieldOfReport, type ValueField, valueFields } from '@atermtrack/domain'
import type { Selectable } from 'kysely'
import type { Position } from '../schema.generated.ts'

/** The fields of the report as `position` holds them; a field without a column fails the build here. */
export type PositionFields = Readonly<Pick<Selectable<Position>, ValueField>>

/** Their columns, for a select. */
export const selectedFields = valueFields.map((field) => `position.${field}` as const)

/** The column of `position` that holds a field of the report: `tripStartedAt` → `trip_started_at`. */
export function columnOf(field: ValueField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

const columnsOf = (belongs: (field: ValueField) => boolean): readonly string[] =>
  valueFields.filter(belongs).map(columnOf)

/** Columns that every newer operation replaces. */
export const operationColumns = columnsOf((field) => fieldOfReport(field).of === 'operation')

/** Columns of what holds for a trip as a whole. The short shape of the report has none of it. */
export const tripColumns = columnsOf((field) => fieldOfReport(field).of === 'trip')

/** Columns that `movement` keeps of each operation. */
export const historyColumns = columnsOf((field) => fieldOfReport(field).inHistory === true)
