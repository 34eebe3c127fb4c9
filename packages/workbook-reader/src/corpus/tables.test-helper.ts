import type { Random } from './random.test-helper.ts'

/** A value of a generated cell, whatever its format writes. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly is: boolean }
  | { readonly kind: 'error'; readonly code: string }
  /** Seconds since 1970 of a wall time. */
  | { readonly kind: 'date'; readonly seconds: number }
  | undefined

export type Table = readonly (readonly Value[])[]

const CONTAINERS = ['MSKU6011672', 'CSQU3054383', 'TKRU4471238'] as const
const TEXTS = [
  'УГЛОВАЯ (982206)',
  '00500123',
  'ООО «Ромашка & К°»',
  '=1+1',
  '<b>',
  'a_x000D_b',
  'две\nстроки',
  '😀',
  "д'Артаньян",
] as const
const ERRORS = ['#N/A', '#REF!', '#DIV/0!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!'] as const
const FIRST_DAY = Date.UTC(1904, 0, 2) / 1_000
const LAST_DAY = Date.UTC(2090, 0, 1) / 1_000
const DAY = 86_400

/** A table of cells of all types with blanks between them; `isAscii` for formats that hold nothing else. */
export function aTable(random: Random, isAscii: boolean): Table {
  const width = 1 + random.below(7)
  return Array.from({ length: 1 + random.below(9) }, () =>
    random.chance(0.15) ? [] : Array.from({ length: width }, () => aValue(random, isAscii)),
  )
}

function aValue(random: Random, isAscii: boolean): Value {
  switch (random.below(8)) {
    case 0:
      return undefined
    case 1:
      return { kind: 'text', text: random.pick(CONTAINERS) }
    case 2:
      return { kind: 'text', text: isAscii ? `T${random.below(1_000)};"x"` : random.pick(TEXTS) }
    case 3:
      return { kind: 'number', number: random.below(2 ** 31) - 2 ** 30 }
    case 4:
      return { kind: 'number', number: (random.below(2 ** 31) - 2 ** 30) / random.pick([10, 100, 7, 1_024]) }
    case 5:
      return { kind: 'boolean', is: random.chance(0.5) }
    case 6:
      return { kind: 'error', code: random.pick(ERRORS) }
    default: {
      const seconds = FIRST_DAY + random.below(LAST_DAY - FIRST_DAY)
      return { kind: 'date', seconds: random.chance(0.5) ? seconds : seconds - (seconds % DAY) }
    }
  }
}

/** The serial number of a wall time in either date system. */
export function serialOf(seconds: number, is1904: boolean): number {
  return seconds / DAY + (is1904 ? 24_107 : 25_569)
}

/** The rows by number, each cell as a text that says its type: the form in which readings are compared. */
export type Reading = Readonly<Record<number, readonly string[]>>

export function expectedReading(table: Table): Reading {
  return toReading(table.map((row) => row.map(shown)))
}

/** Leaves blank rows and blanks at the end of a row out. */
export function toReading(rows: readonly (readonly (string | undefined)[])[]): Reading {
  const reading: Record<number, readonly string[]> = {}
  for (const [index, row] of rows.entries()) {
    const width = row.findLastIndex((cell) => cell !== undefined) + 1
    if (width > 0) reading[index + 1] = Array.from(row.slice(0, width), (cell) => cell ?? '')
  }
  return reading
}

export function shownNumber(number: number): string {
  // Two readers may round the last digit of a double differently.
  return `number ${Number(number.toPrecision(14))}`
}

export function shownDate(milliseconds: number): string {
  return `date ${new Date(Math.round(milliseconds / 1_000) * 1_000).toISOString().slice(0, 19)}`
}

function shown(value: Value): string | undefined {
  switch (value?.kind) {
    case 'text':
      return `text ${value.text}`
    case 'number':
      return shownNumber(value.number)
    case 'boolean':
      return `boolean ${value.is}`
    case 'error':
      return `error ${value.code}`
    case 'date':
      return shownDate(value.seconds * 1_000)
    case undefined:
    default:
      return undefined
  }
}
