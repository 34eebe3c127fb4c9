import type { Cell } from './cell.ts'
import { cellDecimal, cellText } from './cell-values.ts'
import type { ColumnKind } from './column-kinds.ts'
import { normaliseLabel } from './header.ts'

type Scales = readonly (readonly [unit: RegExp, scale: number])[]

/** Units that a heading may name, by what its column is read as, each with the number of the field's own units in it. */
const scalesOfKind: Readonly<Partial<Record<ColumnKind, Scales>>> = {
  kilograms: [
    [/^(?:кг|килограмм\p{L}*|kgs?)$/u, 1],
    [/^(?:т|тн|тонн\p{L}*|t|mt|tons?|tonnes?)$/u, 1_000],
    [/^(?:ц|центнер\p{L}*)$/u, 100],
  ],
  amount: [
    [/^(?:км|километр\p{L}*|km)$/u, 1],
    [/^(?:м|метр\p{L}*|m)$/u, 0.001],
  ],
  idleDays: [
    [/^(?:сут|сутки|суток|дн|дни|дней|день|days?)$/u, 1],
    [/^(?:ч|час|часы|часов|часах|h|hrs?|hours?)$/u, 1 / 24],
    [/^(?:мин|минут|минуты|минутах|min|minutes?)$/u, 1 / 1_440],
  ],
}
const THOUSANDS = /^тыс(?:яч\p{L}*)?$/u
/** A container's cargo weighs no less, unless there is none. */
const leastKilograms = 100

/** The words of a heading in the form of `normaliseLabel`. */
export function headingWords(normalised: string): readonly string[] {
  return normalised.match(/[\p{L}\p{N}]+|№/gu) ?? []
}

/** How many of the units of its field stand for one in the column, by the unit in its heading; undefined where that names none. */
export function headingScale(label: string, kind: ColumnKind): number | undefined {
  const scales = scalesOfKind[kind]
  if (!scales) return undefined
  const words = headingWords(normaliseLabel(label))
  const thousands = words.some((word) => THOUSANDS.test(word)) ? 1_000 : 1
  // The last unit counts: «т» may also be part of an abbreviation at the front.
  for (const word of words.toReversed()) {
    const found = scales.find(([unit]) => unit.test(word))
    if (found) return found[1] * thousands
  }
  return undefined
}

/** Whether the values below a heading without a unit cannot be kilograms. */
export function areNoKilograms(label: string, cells: readonly Cell[]): boolean {
  if (headingScale(label, 'kilograms') !== undefined) return false
  const weights = cells.map(cellDecimal).filter((weight): weight is number => typeof weight === 'number')
  const heaviest = Math.max(0, ...weights)
  return heaviest > 0 && heaviest < leastKilograms
}

/** The scales of columns whose headings name another unit than the field's own. */
export function foreignScales<Field>(
  columns: ReadonlyMap<Field, number>,
  headings: readonly Cell[],
  kindOf: (field: Field) => ColumnKind,
): ReadonlyMap<Field, number> {
  const scales = new Map<Field, number>()
  for (const [field, place] of columns) {
    const scale = headingScale(cellText(headings[place]) ?? '', kindOf(field))
    if (scale !== undefined && scale !== 1) scales.set(field, scale)
  }
  return scales
}
