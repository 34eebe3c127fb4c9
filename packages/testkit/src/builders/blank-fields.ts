import type { PositionFields } from '@atermtrack/data'
import { valueFields } from '@atermtrack/domain'

/** The fields of a report that says nothing about a position but its operation. */
export const blankFields = Object.fromEntries(valueFields.map((field) => [field, null])) as unknown as {
  readonly [Field in keyof PositionFields]: null
}
