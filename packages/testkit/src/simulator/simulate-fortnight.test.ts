import {
  createDislocationParser,
  latestTime,
  longBefore,
  type DislocationRow,
  findDislocationHeader,
  findFormationStamp,
  hasValidCheckDigit,
  isValidWagonNumber,
  parseContainerNumber,
  parseWagonNumber,
  recogniseSheet,
} from '@atermtrack/domain'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { type FortnightOptions, simulatedMessage, simulateFortnight, type SimulatedFile } from './simulate-fortnight.ts'

// Takes up to 6 s: simulates two weeks of a whole railway.

type Dislocation = Extract<SimulatedFile, { readonly kind: 'dislocation' }>

const HOUR_MS = 3_600_000
const NOW = new Date('2026-03-10T12:34:00Z')
const files = await fortnight({ now: NOW, scale: 0.5 })
const dislocations = files.filter((file): file is Dislocation => file.kind === 'dislocation')
// The last regular report; the one of the current hour is another in every run.
const regular = dislocations.slice(0, -1)
const last = regular.at(-1)!
const sightings = regular.flatMap(({ facts }) => facts.containers)

async function fortnight(options: FortnightOptions): Promise<SimulatedFile[]> {
  const collected: SimulatedFile[] = []
  for await (const file of simulateFortnight(options)) collected.push(file)
  return collected
}

async function readRows(content: Buffer): Promise<string[][]> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(content as never)
  const rows: string[][] = []
  workbook.worksheets[0]!.eachRow({ includeEmpty: true }, (row) => {
    rows.push((row.values as string[]).slice(1))
  })
  return rows
}

function tripsOf<T extends { readonly container: string; readonly waybill: string }>(items: readonly T[]): T[][] {
  const trips = new Map<string, T[]>()
  for (const item of items) {
    const key = `${item.container} ${item.waybill}`
    trips.set(key, [...(trips.get(key) ?? []), item])
  }
  return [...trips.values()]
}

/** Compared as text: an assertion on buffers walks them byte by byte. */
function asText(file: SimulatedFile): unknown {
  return { ...file, content: file.content.toString('base64') }
}

test('the same options give the same files, another seed gives others', async () => {
  const small = { now: NOW, scale: 0.1 }
  const once = await fortnight(small)
  expect((await fortnight(small)).map(asText)).toEqual(once.map(asText))
  const other = await fortnight({ ...small, seed: 2 })
  expect(other.map(({ facts }) => facts)).not.toEqual(once.map(({ facts }) => facts))
})

test('files come in the order of their mail times, within the fortnight', () => {
  const times = files.map((file) => file.mailedAt.getTime())
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  expect(times[0]).toBeGreaterThanOrEqual(NOW.getTime() - 14 * 24 * HOUR_MS)
  expect(times.at(-1)).toBeLessThanOrEqual(NOW.getTime())
  expect(new Set(files.map((file) => file.fileName)).size).toBe(files.length)
})

test('a later run produces the same past', async () => {
  const later = await fortnight({ now: new Date(NOW.getTime() + 30 * HOUR_MS), scale: 0.5 })
  expect(asText(later.find((file) => file.fileName === last.fileName)!)).toEqual(asText(last))
})

test.each(['03:01', '04:59', '05:00', '23:30'])('the last stamp is within an hour before %s UTC', async (time) => {
  const now = new Date(`2026-03-10T${time}:00Z`)
  const stamps = (await fortnight({ now, scale: 0.05 })).flatMap((file) =>
    file.kind === 'dislocation' ? [file.facts.stamp.getTime()] : [],
  )
  expect(now.getTime() - Math.max(...stamps)).toBeGreaterThanOrEqual(0)
  expect(now.getTime() - Math.max(...stamps)).toBeLessThanOrEqual(HOUR_MS)
})

test('every container and wagon number is valid, and no report names a container twice', () => {
  const invalid = sightings.filter(
    ({ container, wagon }) =>
      !hasValidCheckDigit(parseContainerNumber(container)!) || !isValidWagonNumber(parseWagonNumber(wagon)!),
  )
  expect(invalid).toEqual([])
  for (const { facts } of dislocations) {
    expect(new Set(facts.containers.map(({ container }) => container)).size).toBe(facts.containers.length)
  }
})

test('within a trip kilometres never rise and operations never go back', () => {
  for (const trip of tripsOf(sightings)) {
    const kilometres = trip.flatMap(({ kmLeft }) => kmLeft ?? [])
    expect(kilometres).toEqual(kilometres.toSorted((one, other) => other - one))
    const times = trip.map(({ operatedAt }) => operatedAt.getTime())
    expect(times).toEqual(times.toSorted((one, other) => one - other))
  }
})

test('a train covers some 600 km a day', () => {
  const speeds = tripsOf(sightings).flatMap((trip) => {
    const [first, final] = [trip[0]!, trip.at(-1)!]
    const days = (final.operatedAt.getTime() - first.operatedAt.getTime()) / (24 * HOUR_MS)
    const isOnTheWay = days > 8 && final.kmLeft !== undefined && first.kmLeft !== undefined && final.kmLeft > 0
    return isOnTheWay ? [(first.kmLeft - final.kmLeft) / days] : []
  })
  const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length
  expect(mean).toBeGreaterThan(380)
  expect(mean).toBeLessThan(700)
})

test('containers are loaded, abandoned, detached, readdressed, issued, vanish and come back, and travel again', () => {
  const operations = new Set(sightings.map(({ operation }) => operation))
  for (const code of [1, 2, 4, 20, 21, 49, 92]) {
    expect([...operations].some((operation) => operation.endsWith(`(${String(code)})`))).toBe(true)
  }
  const reportsByTrip = tripsOf(
    dislocations.flatMap(({ facts }, report) => facts.containers.map((fact) => ({ ...fact, report }))),
  )
  expect(reportsByTrip.some((trip) => trip.at(-1)!.report - trip[0]!.report >= trip.length)).toBe(true)
  expect(reportsByTrip.some((trip) => new Set(trip.map(({ wagon }) => wagon)).size > 1)).toBe(true)
  expect(reportsByTrip.some((trip) => new Set(trip.map(({ destination }) => destination)).size > 1)).toBe(true)
  expect(new Set(reportsByTrip.map(([first]) => first!.container)).size).toBeLessThan(reportsByTrip.length)
})

/** A report that is received as soon as it is formed. */
function timesOf(stamp: Date) {
  return { latest: latestTime(stamp), longAgo: longBefore(stamp) }
}

test('a workbook says what its facts say', async () => {
  const rows = await readRows(last.content)
  const header = findDislocationHeader(rows)!
  const stamp = last.facts.stamp.getTime()
  expect(Date.parse(`${findFormationStamp(rows.slice(0, 3).map(String))!}+03:00`)).toBe(stamp)
  const parser = createDislocationParser({
    columns: header.columns,
    zone: 'Europe/Moscow',
    times: timesOf(last.facts.stamp),
  })
  const parsed = rows.slice(4).map((cells, index) => parser.row(index + 5, cells))
  expect(parser.warnings).toEqual([])
  expect(parsed).toHaveLength(last.facts.rows)
  const newest = new Map<string, DislocationRow>()
  for (const row of parsed) {
    const known = newest.get(row!.container)
    if (known === undefined || row!.operatedAt > known.operatedAt) newest.set(row!.container, row!)
  }
  expect(last.facts.containers).toEqual(
    [...newest.values()].map((row) => ({
      container: row.container,
      waybill: row.waybill,
      station: `${row.operationStation.name} (${row.operationStation.code!})`,
      operation: row.operation,
      operatedAt: row.operatedAt,
      wagon: row.wagon,
      destination: `${row.destinationStation!.name} (${row.destinationStation!.code!})`,
      kmLeft: row.kmLeft,
    })),
  )
})

test('the awkward cells stand where the facts say', async () => {
  const rows = await readRows(last.content)
  const column = (label: string): number => rows[3]!.indexOf(label)
  const rowOf = (kind: string): number =>
    rows.findIndex((row) => row[0] === last.facts.awkward.find((cell) => cell.kind === kind)!.container)
  expect(rows[rowOf('unknown distance')]![column('Расстояние оставшееся')]).toBeUndefined()
  expect(rows[rowOf('blank inside a number')]![column('Расстояние оставшееся')]).toMatch(/^(\d )?\d{1,3}$/)
  expect(rows[rowOf('decimal comma')]![column('Время простоя под последней операцией (сутки)')]).toMatch(/^\d+,\d$/)
  expect(rows[rowOf('two operations') + 1]![0]).toBeUndefined()
})

test('terminal reports and rosters are recognised and agree with their facts', async () => {
  const terminal = files.findLast((file) => file.kind === 'terminal_report')!
  const roster = files.findLast((file) => file.kind === 'train_roster')!
  const terminalRows = await readRows(terminal.content)
  const rosterRows = await readRows(roster.content)
  expect([recogniseSheet(terminalRows), recogniseSheet(rosterRows)]).toEqual(['terminal_report', 'train_roster'])
  expect(terminalRows.slice(1).map((row) => row[3])).toEqual(terminal.facts.sheets.Arrival)
  expect(rosterRows.slice(1).map((row) => row[1])).toEqual(roster.facts.containers)
  expect(roster.fileName).toContain(roster.facts.trainCode)
})

test('every container of the last report stands in a roster', () => {
  const rosters = new Set(files.flatMap((file) => (file.kind === 'train_roster' ? file.facts.containers : [])))
  expect(last.facts.containers.filter(({ container }) => !rosters.has(container))).toEqual([])
})

test('a simulated file travels as a message of its sender', () => {
  const message = simulatedMessage(last).toString('latin1')
  expect(message).toContain('From: cargolk@gvc.rzd.ru\r\n')
  expect(message).toContain('Date: Tue, 10 Mar 2026 05:00:00 +0000\r\n')
})
