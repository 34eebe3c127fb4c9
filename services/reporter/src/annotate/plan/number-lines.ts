import { formatWall, formatWallDate, type WallTime } from '@atermtrack/domain'
import { type Language, toDecimalText } from '@atermtrack/messages'
import type { TableValue } from '@atermtrack/workbook-writer'
import type { Note, NumberPlace, Shade, StatusColumn } from './plan.ts'

/** Matches before each line of a cell about several numbers, as `toLines` writes it: a state can hold a colon after words too. */
const lineStart = /^(?=[^:\n]*\d)[^:\n]{4,40}: /

/** The worst finding about a number of a row gives the row its colour. */
const worstFirst: readonly Shade[] = ['mistyped', 'unknown']

/** One note for a row with several numbers: each column has a line for each number that it describes. */
export function toLines(
  numbers: readonly (Pick<NumberPlace, 'text'> & { readonly note: Note })[],
  columns: readonly Pick<StatusColumn, 'kind'>[],
  language: Language,
): Note {
  const values = columns.map(({ kind }, index) => {
    const lines = numbers.flatMap(({ text, note }) => {
      const value = note.values[index]
      return value === undefined ? [] : [`${text}: ${asText(value, kind, language)}`]
    })
    return lines.length === 0 ? undefined : lines.join('\n')
  })
  const shade = worstFirst.find((worst) => numbers.some(({ note }) => note.shade === worst))
  return { values, shade, isLines: true }
}

/** The values of a cell that `toLines` may have written, one for each number; undefined when it is not such a cell. */
export function valuesOfLines(cell: unknown): readonly string[] | undefined {
  if (typeof cell !== 'string') return undefined
  const lines = cell.split(/\r?\n/)
  return lines.every((line) => lineStart.test(line)) ? lines.map((line) => line.replace(lineStart, '')) : undefined
}

function asText(value: Exclude<TableValue, undefined>, kind: StatusColumn['kind'], language: Language): string {
  if (kind === 'date') return formatWallDate(String(value) as WallTime)
  if (kind === 'dateTime') return formatWall(String(value) as WallTime)
  return kind === 'decimal' && typeof value === 'number' ? toDecimalText(value, language) : String(value)
}
