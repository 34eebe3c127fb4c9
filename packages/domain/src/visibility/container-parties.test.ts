import { describe, expect, test } from 'vitest'
import { type ContainerFiles, isSameParty, partiesOfContainer } from './container-parties.ts'

const noon = (day: number) => new Date(Date.UTC(2025, 8, day, 12))
const afterNoon = (day: number) => new Date(noon(day).getTime() + 1)

const files: ContainerFiles<string> = {
  position: { tripStartedAt: noon(1), parties: ['consignee', 'consignor'] },
  visit: { dispatchedAt: noon(1), reportedAt: noon(2), parties: ['client'] },
  roster: { sentAt: noon(3), parties: ['customer'] },
}

function parties(tripStartedAt: Date | undefined, fields: Partial<ContainerFiles<string>> = {}): readonly string[] {
  return partiesOfContainer({ ...files, position: { tripStartedAt, parties: [] }, ...fields })
}

test('a container has the parties of the railway, of its visit and of its list', () => {
  expect(partiesOfContainer(files)).toEqual(['consignee', 'consignor', 'client', 'customer'])
  expect(partiesOfContainer({ position: undefined, visit: undefined, roster: undefined })).toEqual([])
})

test('visit and list count until a trip starts that has nothing to do with them', () => {
  expect(parties(undefined)).toEqual(['client', 'customer'])
  expect(parties(noon(8))).toEqual(['client', 'customer'])
  expect(parties(afterNoon(8))).toEqual(['customer'])
  expect(parties(noon(10))).toEqual(['customer'])
  expect(parties(afterNoon(10))).toEqual([])
})

test('a visit without a dispatch counts for thirty days after its last report', () => {
  const visit = { dispatchedAt: undefined, reportedAt: noon(1), parties: ['client'] }
  const of = (startedAt: Date) => parties(startedAt, { visit, roster: undefined })
  expect(of(noon(31))).toEqual(['client'])
  expect(of(afterNoon(31))).toEqual([])
})

test('without a position nothing ends a visit or a list', () => {
  expect(partiesOfContainer({ ...files, position: undefined })).toEqual(['client', 'customer'])
})

describe('a file means a client', () => {
  const [inn, otherInn] = ['2536000001', '2536000009']
  test.for([
    ['by the same ИНН whatever the names', { key: 'a', inn }, { key: 'b', inn }, true],
    ['not by the name where the ИНН differ', { key: 'a', inn }, { key: 'a', inn: otherInn }, false],
    ['by the name where the party has no ИНН', { key: 'a', inn }, { key: 'a', inn: undefined }, true],
    ['by the name where the client has no ИНН', { key: 'a', inn: undefined }, { key: 'a', inn }, true],
    ['not by another name', { key: 'a', inn: undefined }, { key: 'b', inn: undefined }, false],
    ['not without any name', { key: undefined, inn }, { key: undefined, inn: undefined }, false],
  ] as const)('%s', ([, client, party, expected]) => {
    expect(isSameParty(client, party)).toBe(expected)
    expect(isSameParty(party, client)).toBe(expected)
  })
})
