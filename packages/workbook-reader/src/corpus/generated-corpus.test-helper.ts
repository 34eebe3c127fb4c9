import { expect } from 'vitest'
import { exceljsReading, ourReading, sheetJsReading } from './other-readers.test-helper.ts'
import { type OtherFormat, writeOther } from './other-writers.test-helper.ts'
import { createRandom, type Random } from './random.test-helper.ts'
import { aTable, expectedReading, type Reading } from './tables.test-helper.ts'
import { type Habit, habits, writeXlsx } from './xlsx-writers.test-helper.ts'

/** Habits that another reader does not understand: its cells are not asked about in files with them. */
const misread: Readonly<Record<'exceljs' | 'SheetJS', ReadonlySet<Habit>>> = {
  exceljs: new Set<Habit>([
    'prefixed names',
    'no references',
    'CDATA',
    'inline texts',
    'inline texts with a value beside',
    'formula texts',
    'dates as ISO texts',
    'foreign elements',
    'sizes off by two',
  ]),
  SheetJS: new Set<Habit>(['CDATA', 'formula texts', 'foreign elements', 'comments and blanks', 'sizes off by two']),
}

/** Cells of generated files that each reader was asked about. */
export interface Compared {
  ours: number
  exceljs: number
  sheetJs: number
}

/** Compares the readings of generated xlsx files, one for each seed, with what was written and with both other readers. */
export async function compareXlsx(seeds: readonly number[]): Promise<Compared> {
  const compared: Compared = { ours: 0, exceljs: 0, sheetJs: 0 }
  for (const seed of seeds) {
    const random = createRandom(seed)
    const chosen = someHabits(random, seed)
    const table = aTable(random, false)
    const expected = expectedReading(table)
    const bytes = writeXlsx(table, chosen, random)
    const name = `seed ${seed}: ${[...chosen].join(', ')}`
    compared.ours += compare(await ourReading(bytes), expected, name)
    if (isUnderstood('exceljs', chosen)) {
      compared.exceljs += compare(await exceljsReading(bytes), expected, `${name}, exceljs`)
    }
    if (isUnderstood('SheetJS', chosen))
      compared.sheetJs += compare(sheetJsReading(bytes), expected, `${name}, SheetJS`)
  }
  return compared
}

/** The same in another format. */
export async function compareOther(format: OtherFormat, seeds: readonly number[]): Promise<Compared> {
  const compared: Compared = { ours: 0, exceljs: 0, sheetJs: 0 }
  for (const seed of seeds) {
    const random = createRandom(seed)
    const table = aTable(random, format === 'biff5')
    const expected = expectedReading(table)
    const { bytes, isForSheetJs } = writeOther(table, format, random)
    compared.ours += compare(await ourReading(bytes), expected, `seed ${seed}: ${format}`)
    if (isForSheetJs) compared.sheetJs += compare(sheetJsReading(bytes), expected, `seed ${seed}: ${format}, SheetJS`)
  }
  return compared
}

/** Each habit alone first, then some of them together, and in a third of the files only those that the others understand. */
function someHabits(random: Random, seed: number): ReadonlySet<Habit> {
  const alone = habits[seed - 1]
  if (alone) return new Set([alone])
  const share = random.pick([0.1, 0.25, 0.5])
  const isForOthers = seed % 3 === 0
  return new Set(
    habits.filter(
      (habit) => random.chance(share) && !(isForOthers && (misread.exceljs.has(habit) || misread.SheetJS.has(habit))),
    ),
  )
}

function isUnderstood(reader: keyof typeof misread, chosen: ReadonlySet<Habit>): boolean {
  return [...chosen].every((habit) => !misread[reader].has(habit))
}

function compare(reading: Reading, expected: Reading, name: string): number {
  // The name tells which file differs.
  expect({ name, reading }).toEqual({ name, reading: expected })
  return Object.values(expected)
    .flat()
    .filter((cell) => cell !== '').length
}
