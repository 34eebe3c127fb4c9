import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContainerNumber } from '../values/container-number.ts'
import {
  collectVisits,
  currentVisits,
  isNewerVisit,
  isOnSite,
  mergeVisits,
  visitKey,
  type TerminalVisit,
} from './terminal-visit.ts'
import type { WallTime } from '../values/wall-time.ts'

const blank: TerminalVisit = {
  container: 'MSKU6011672' as ContainerNumber,
  terminal: undefined,
  zoneName: undefined,
  inn: undefined,
  shortName: undefined,
  client: undefined,
  stock: undefined,
  customsMode: undefined,
  direction: undefined,
  type: undefined,
  size: undefined,
  capacityKg: undefined,
  tareKg: undefined,
  year: undefined,
  grossClientKg: undefined,
  grossTerminalKg: undefined,
  condition: undefined,
  cargo: undefined,
  temperature: undefined,
  seals: undefined,
  arrivedWall: undefined,
  arrivedAt: undefined,
  arrivalId: undefined,
  arrivalTransport: undefined,
  arrivalVehicle: undefined,
  arrivalFrom: undefined,
  order: undefined,
  dispatchedWall: undefined,
  dispatchedAt: undefined,
  dispatchId: undefined,
  dispatchTransport: undefined,
  dispatchVehicle: undefined,
  dispatchTo: undefined,
  release: undefined,
  carrier: undefined,
  manager: undefined,
  note: undefined,
  sheet: undefined,
  rowNumber: 2,
}
const arrived = (wall: string) => ({ arrivedWall: wall as WallTime, arrivedAt: new Date(`${wall}Z`) })
const may = arrived('2025-05-01T00:00:00')
const june = arrived('2025-06-01T00:00:00')

test.each<[Partial<TerminalVisit>, string]>([
  [{ arrivalId: '500001', ...may }, 'MSKU6011672 500001'],
  [may, 'MSKU6011672 2025-05-01T00:00:00'],
  [{}, 'MSKU6011672 '],
])('the visit %j has the key %s', (fields, key) => {
  expect(visitKey({ ...blank, ...fields })).toBe(key)
})

test('a blank in a later file never erases a known value, and a new value replaces an old one', () => {
  const older = { ...blank, client: 'ООО "Ромашка"', seals: '1', note: 'был', sheet: 'arrival', rowNumber: 9 } as const
  const newer = { ...blank, seals: '2', dispatchId: '7', sheet: undefined, rowNumber: 3 }
  expect(mergeVisits(older, newer)).toEqual({
    ...blank,
    client: 'ООО "Ромашка"',
    seals: '2',
    note: 'был',
    dispatchId: '7',
    rowNumber: 3,
  })
})

test('what is known stays known, whatever is merged', () => {
  const value = fc.option(fc.string({ minLength: 1 }), { nil: undefined })
  const visit = fc.record({ client: value, note: value, size: value }).map((fields) => ({ ...blank, ...fields }))
  fc.assert(
    fc.property(visit, visit, (older, newer) => {
      const merged = mergeVisits(older, newer)
      expect([merged.client, merged.note, merged.size]).toEqual([
        newer.client ?? older.client,
        newer.note ?? older.note,
        newer.size ?? older.size,
      ])
    }),
  )
})

test('keeps all visits of a container and joins the rows of one', () => {
  const rows: TerminalVisit[] = [
    { ...blank, arrivalId: '2', ...june, sheet: 'loaded' },
    { ...blank, arrivalId: '1', ...may, dispatchId: '9' },
    { ...blank, arrivalId: '2', ...june, sheet: 'customs', note: 'досмотр' },
  ]
  expect(collectVisits(rows).map(({ arrivalId, sheet, note }) => [arrivalId, sheet, note])).toEqual([
    ['2', 'customs', 'досмотр'],
    ['1', undefined, undefined],
  ])
})

test('the newest visit is current, in whatever order the rows stand', () => {
  const rows: TerminalVisit[] = [
    { ...blank, arrivalId: '3', ...june },
    { ...blank, arrivalId: '2', ...may },
    { ...blank, arrivalId: '1', ...arrived('2025-04-01T00:00:00') },
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: 3 }), (shuffled) => {
      expect([...currentVisits(shuffled).values()].map((visit) => visit.arrivalId)).toEqual(['3'])
    }),
  )
})

test.each<[string, Partial<TerminalVisit>, Partial<TerminalVisit>]>([
  ['a later arrival is newer than a greater Id', { ...june, arrivalId: '1' }, { ...may, arrivalId: '2' }],
  ['a known arrival is newer than an unknown one', may, { arrivalId: '2' }],
  ['a greater Id is newer', { arrivalId: '10' }, { arrivalId: '9' }],
  ['a number is newer than an Id in words', { arrivalId: '1' }, { arrivalId: 'A-2' }],
  ['the upper row is newer at last', { rowNumber: 2 }, { rowNumber: 3 }],
])('%s', (_, newer, older) => {
  expect(isNewerVisit({ ...blank, ...newer }, { ...blank, ...older })).toBe(true)
  expect(isNewerVisit({ ...blank, ...older }, { ...blank, ...newer })).toBe(false)
})

test.each<[Partial<TerminalVisit>, boolean]>([
  [{}, true],
  [{ dispatchId: '7' }, false],
  [{ dispatchedAt: new Date(0) }, false],
])('a visit with %j is on site: %s', (fields, onSite) => {
  expect(isOnSite({ ...blank, ...fields })).toBe(onSite)
})
