import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operationMeanings as meanings } from './status.ts'
import { continueTrip, decideTrip, isFinished, openTrip, type KnownTrip, type TripPosition } from './trip.ts'

const origin = { name: 'УГЛОВАЯ', code: '982206' }
const between = { name: 'ЧИТА I', code: '940006' }
const selyatino = { name: 'СЕЛЯТИНО', code: '181102' }
const kleshchikha = { name: 'КЛЕЩИХА', code: '850205' }
const day = (n: number) => new Date(Date.UTC(2025, 8, n))

const position: TripPosition = {
  waybill: 'ЭФ038927',
  tripStartedAt: day(1),
  tripEndedAt: undefined,
  operation: 'Отправление вагона со станции (2)',
  operationStation: between,
  destinationStation: selyatino,
  operatedAt: day(5),
}
const unloading = { operation: 'Выгрузка из вагона (21)', operationStation: selyatino, operatedAt: day(12) }
const running: KnownTrip = {
  waybill: 'ЭФ038927',
  startedAt: day(1),
  destinationStation: selyatino,
  finishedAt: undefined,
}
const finished: KnownTrip = { ...running, finishedAt: day(12) }
const anonymous = { waybill: undefined, startedAt: undefined }
const unnamed = { waybill: undefined, tripStartedAt: undefined }

test.each<[string, string, KnownTrip | undefined, Partial<TripPosition>]>([
  ['the first position of a container', 'new_trip', undefined, {}],
  ['a later start with another waybill', 'new_trip', running, { tripStartedAt: day(3), waybill: 'ЭЮ315471' }],
  ['a later start with an unknown waybill', 'new_trip', running, { tripStartedAt: day(3), waybill: undefined }],
  ['a later start of the same waybill: a correction', 'same_trip', running, { tripStartedAt: day(2) }],
  ['a later start before the end of the same waybill', 'same_trip', finished, { tripStartedAt: day(2), ...unloading }],
  ['a start after the end of the same waybill', 'new_trip', finished, { tripStartedAt: day(20), operatedAt: day(20) }],
  ['the same waybill without a start', 'same_trip', finished, { ...unloading, tripStartedAt: undefined }],
  ['the same start with another waybill', 'same_trip', running, { waybill: 'ЭЯ000001' }],
  ['the same start with another waybill after the end', 'same_trip', finished, { waybill: 'ЭЯ000001', ...unloading }],
  ['an earlier start with another waybill', 'former_trip', running, { tripStartedAt: day(0), waybill: 'ЭЮ315471' }],
  ['another waybill on the way', 'same_trip', running, { tripStartedAt: undefined, waybill: 'ЭЯ000001' }],
  [
    'another waybill after the end',
    'new_trip',
    finished,
    { tripStartedAt: undefined, waybill: 'ЭЮ315471', operatedAt: day(16) },
  ],
  [
    'another waybill with an operation before the end',
    'former_trip',
    finished,
    { tripStartedAt: undefined, waybill: 'ЭЮ315471', operatedAt: day(2) },
  ],
  ['nothing that tells, on the way', 'same_trip', { ...running, ...anonymous }, unnamed],
  [
    'nothing that tells, elsewhere after the end',
    'new_trip',
    { ...finished, ...anonymous },
    { ...unnamed, operationStation: origin, operatedAt: day(16) },
  ],
  [
    'nothing that tells, at the destination',
    'same_trip',
    { ...finished, ...anonymous },
    { ...unnamed, operationStation: selyatino, operatedAt: day(13) },
  ],
  [
    'a waybill where none was known before, at the destination',
    'same_trip',
    { ...finished, waybill: undefined },
    { ...unloading, tripStartedAt: undefined },
  ],
  ['an operation before the end that comes late', 'tail_of_finished', finished, {}],
  [
    'the hauling after the unloading',
    'tail_of_finished',
    finished,
    { ...unloading, operation: 'ВЫВОЗ контейнера', operatedAt: day(13) },
  ],
  [
    'the hauling of a trip that nothing names',
    'tail_of_finished',
    { ...finished, ...anonymous },
    { ...unnamed, operation: 'Завоз', operationStation: origin, operatedAt: day(13) },
  ],
  ['the hauling without an unloading before', 'same_trip', running, { ...unloading, operation: 'Вывоз' }],
  ['the issue after the unloading', 'same_trip', finished, { ...unloading, operation: 'Выдача', operatedAt: day(13) }],
])('%s is %s', (_, kind, known, changes) => {
  expect(decideTrip(known, { ...position, ...changes }, meanings).kind).toBe(kind)
})

test('says what has changed within a trip', () => {
  const changed = { ...position, waybill: 'ЭЯ000001', destinationStation: kleshchikha }
  expect(decideTrip(running, changed, meanings)).toEqual({
    kind: 'same_trip',
    waybill: { from: 'ЭФ038927', to: 'ЭЯ000001' },
    destination: { from: selyatino, to: kleshchikha },
  })
  const silent = { ...position, waybill: undefined, destinationStation: undefined }
  expect(decideTrip(running, silent, meanings)).toEqual({
    kind: 'same_trip',
    waybill: undefined,
    destination: undefined,
  })
})

test.each<[string, boolean, Partial<TripPosition>]>([
  ['unloaded at the destination', true, unloading],
  ['unloaded elsewhere, to be loaded again', false, { ...unloading, operationStation: between }],
  ['arrived', false, { ...unloading, operation: 'Прибытие' }],
  ['past the stated end', true, { tripEndedAt: day(5) }],
  ['before the stated end', false, { tripEndedAt: day(6) }],
])('a trip that is %s is finished: %s', (_, is, changes) => {
  expect(isFinished({ ...position, ...changes }, meanings)).toBe(is)
})

describe('continueTrip', () => {
  test('takes over what is new, and a blank erases nothing', () => {
    const silent = { ...position, waybill: undefined, tripStartedAt: undefined, destinationStation: undefined }
    expect(continueTrip(running, silent, meanings)).toEqual(running)
    const changed = { ...position, waybill: 'ЭЯ000001', destinationStation: kleshchikha, tripStartedAt: day(2) }
    expect(continueTrip(running, changed, meanings)).toEqual({
      waybill: 'ЭЯ000001',
      startedAt: day(2),
      destinationStation: kleshchikha,
      finishedAt: undefined,
    })
  })

  test('keeps the first end', () => {
    const issue = { ...position, ...unloading, operation: 'Выдача', operatedAt: day(13) }
    expect(continueTrip(running, { ...position, ...unloading }, meanings)).toEqual(finished)
    expect(continueTrip(finished, issue, meanings)).toEqual(finished)
    expect(continueTrip(finished, { ...issue, operation: 'Подача' }, meanings)).toEqual(finished)
  })

  test('is under way again when the container moves on to another destination', () => {
    const onward = { ...position, destinationStation: kleshchikha, operationStation: selyatino, operatedAt: day(14) }
    expect(continueTrip(finished, onward, meanings).finishedAt).toBeUndefined()
  })
})

test('the same start is the same trip, whatever else the position says', () => {
  const text = fc.option(fc.constantFrom('ЭФ038927', 'ЭЯ000001'), { nil: undefined })
  const changes = fc.record({
    waybill: text,
    operation: fc.constantFrom('Погрузка', 'Выгрузка', 'Вывоз', 'Прибытие'),
    operationStation: fc.constantFrom(origin, between, selyatino),
    destinationStation: fc.constantFrom(selyatino, kleshchikha, undefined),
    operatedAt: fc.integer({ min: 1, max: 20 }).map(day),
  })
  fc.assert(
    fc.property(fc.array(changes, { minLength: 1 }), (all) => {
      const [first, ...rest] = all.map((change) => ({ ...position, ...change })) as [TripPosition, ...TripPosition[]]
      let trip = openTrip(first, meanings)
      for (const next of rest) {
        const { kind } = decideTrip(trip, next, meanings)
        expect(['same_trip', 'tail_of_finished']).toContain(kind)
        if (kind === 'same_trip') trip = continueTrip(trip, next, meanings)
      }
      expect(trip.startedAt).toEqual(position.tripStartedAt)
    }),
  )
})
