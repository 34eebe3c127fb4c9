import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assignTrips, type TripOperation } from './assign-trips.ts'
import { isSameTrip } from './trip.ts'

const day = (number: number) => new Date(Date.UTC(2025, 8, number))

interface Named extends TripOperation {
  readonly name: string
}

type Reported = readonly [name: string, on: number, start?: number | null, waybill?: string | null, ...rest: 'end'[]]

function operation([name, on, start = null, waybill = null, end]: Reported): Named {
  const tripStartedAt = start === null ? null : day(start)
  return { name, operatedAt: day(on), tripStartedAt, waybill, meaning: end ? 'unloaded' : 'other' }
}

function namesOf(trips: readonly (readonly Named[])[]): readonly string[] {
  return trips.map((trip) =>
    trip
      .map(({ name }) => name)
      .toSorted()
      .join(''),
  )
}

describe('operations of one container', () => {
  test.each<[string, readonly Reported[], readonly string[]]>([
    [
      'with one start are one trip, whatever the waybills',
      [
        ['a', 2, 1, 'W1'],
        ['b', 3, 1, 'W2'],
        ['c', 4, 1],
      ],
      ['abc'],
    ],
    [
      'with another start under the same waybill are another trip',
      [
        ['a', 2, 1, 'W1'],
        ['b', 6, 5, 'W1'],
      ],
      ['a', 'b'],
    ],
    [
      'without a start belong to the trip whose waybill they name',
      [
        ['a', 2, 1, 'W1'],
        ['b', 6, 5, 'W2'],
        ['c', 7, null, 'W1'],
        ['d', 3, null, 'W2'],
      ],
      ['ac', 'bd'],
    ],
    [
      'without a start and with the waybill of two trips belong to the later one that had started',
      [
        ['a', 2, 1, 'W1'],
        ['b', 6, 5, 'W1'],
        ['c', 4, null, 'W1'],
        ['d', 7, null, 'W1'],
      ],
      ['ac', 'bd'],
    ],
    [
      'older than every start of their waybill belong to the first of them',
      [
        ['a', 6, 5, 'W1'],
        ['b', 4, null, 'W1'],
      ],
      ['ab'],
    ],
    [
      'without a start under another waybill are another trip, also when no end was reported',
      [
        ['a', 2, null, 'W1'],
        ['b', 6, null, 'W2'],
      ],
      ['a', 'b'],
    ],
    [
      'with neither belong to the trip in whose time they fall',
      [
        ['a', 2, 1, 'W1'],
        ['b', 3],
        ['c', 6, 5, 'W2'],
        ['d', 7],
      ],
      ['ab', 'cd'],
    ],
    [
      'with neither belong to a trip that has started, although its first operation is later',
      [
        ['a', 4, 1, 'W1'],
        ['b', 2],
      ],
      ['ab'],
    ],
    [
      'with neither after the end of a trip are a trip without a key',
      [
        ['a', 2, 1, 'W1', 'end'],
        ['b', 5],
        ['c', 6],
      ],
      ['a', 'bc'],
    ],
    [
      'with neither between an end and its late tail belong to that trip',
      [
        ['a', 2, 1, 'W1', 'end'],
        ['b', 3],
        ['c', 4, null, 'W1', 'end'],
      ],
      ['abc'],
    ],
    [
      'that end a trip, with neither, belong to it and make the next a new trip',
      [
        ['a', 2, 1, 'W1'],
        ['b', 3, null, null, 'end'],
        ['c', 4, null, null, 'end'],
        ['d', 5],
      ],
      ['abc', 'd'],
    ],
    [
      'with neither before the first trip are a trip without a key',
      [
        ['a', 5, 4, 'W1'],
        ['b', 2],
      ],
      ['a', 'b'],
    ],
    [
      'that name nothing at all are one trip until its end',
      [
        ['a', 1],
        ['b', 2, null, null, 'end'],
        ['c', 3],
      ],
      ['ab', 'c'],
    ],
  ])('%s', (_, reported, expected) => {
    expect(namesOf(assignTrips(reported.map(operation)))).toEqual(expected)
  })

  test('that nobody names are no trips', () => {
    expect(assignTrips([])).toEqual([])
  })
})

const anyOperation = fc.record({
  operatedAt: fc.integer({ min: 1, max: 9 }).map(day),
  tripStartedAt: fc.option(fc.integer({ min: 1, max: 9 }).map(day)),
  waybill: fc.option(fc.constantFrom('W1', 'W2', 'W3')),
  meaning: fc.constantFrom('other', 'departed', 'unloaded', 'tail'),
}) satisfies fc.Arbitrary<TripOperation>

const anyOperations = fc
  .array(anyOperation, { maxLength: 12 })
  .map((operations) => operations.map((one, n): Named => ({ ...one, name: String.fromCodePoint(97 + n) })))

test('their order makes no difference, and each belongs to one trip', () => {
  const shuffled = anyOperations.chain((operations) =>
    fc.tuple(fc.constant(operations), fc.shuffledSubarray(operations, { minLength: operations.length })),
  )
  fc.assert(
    fc.property(shuffled, ([operations, order]) => {
      const trips = namesOf(assignTrips(operations))
      expect(namesOf(assignTrips(order)).toSorted()).toEqual(trips.toSorted())
      expect(trips.join('').split('').toSorted()).toEqual(operations.map(({ name }) => name))
    }),
    { numRuns: 500 },
  )
})

test('operations that both name a start share a trip exactly when their keys are the same', () => {
  fc.assert(
    fc.property(anyOperations, (operations) => {
      for (const trip of assignTrips(operations))
        for (const one of operations.filter(({ tripStartedAt }) => tripStartedAt))
          for (const other of trip.filter(({ tripStartedAt }) => tripStartedAt))
            expect(trip.includes(one)).toBe(isSameTrip(one, other))
    }),
  )
})
