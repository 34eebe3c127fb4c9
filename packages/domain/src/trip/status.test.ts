import { describe, expect, test } from 'vitest'
import {
  defaultStandingAfterMinutes,
  deriveStatus,
  findStatusRule,
  idleMinutes,
  isIssued,
  isSameStation,
  operationMeaningOf,
  operationMeanings,
  type Status,
  type StatusPosition,
  type StatusRule,
} from './status.ts'

const settings = { meanings: operationMeanings, standingAfterMinutes: defaultStandingAfterMinutes }
const origin = { name: 'УГЛОВАЯ', code: '982206' }
const destination = { name: 'СЕЛЯТИНО', code: '181102' }
const between = { name: 'ЧИТА I', code: '940006' }
const enRoute: StatusPosition = {
  operation: 'Отправление вагона со станции (2)',
  operationStation: between,
  originStation: origin,
  destinationStation: destination,
  trainNumber: '1988',
  trainIndex: '9822+988+1811 УГЛОВАЯ+СЕЛЯТИНО',
  operatedAt: new Date('2025-09-02T00:00:00Z'),
  stampAt: new Date('2025-09-02T05:00:00Z'),
}
const withoutTrain = { trainNumber: undefined, trainIndex: undefined }
const dayLater = new Date('2025-09-03T00:00:00Z')
const moreThanDayLater = new Date('2025-09-03T00:01:00Z')

test.each<[string, Partial<StatusPosition>]>([
  ['unloaded', { operation: 'ВЫГРУЗКА из вагона (21)', operationStation: destination }],
  ['unloaded', { operation: 'Выдача контейнера получателю (49)', operationStation: destination }],
  ['unloaded', { operation: 'Выгрузка из вагона', operationStation: destination, stampAt: moreThanDayLater }],
  ['at_destination', { operation: 'Прибытие вагона на станцию (1)', operationStation: destination }],
  ['at_destination', { operation: 'Бросание поезда (92)', operationStation: destination }],
  ['at_origin', { operation: 'Погрузка (20)', operationStation: origin, ...withoutTrain }],
  ['at_origin', { operation: 'Приём груза к отправлению', operationStation: origin, ...withoutTrain }],
  ['at_origin', { operation: 'Погрузка', operationStation: origin, ...withoutTrain, stampAt: moreThanDayLater }],
  ['en_route', { operationStation: origin, ...withoutTrain }],
  ['en_route', { operation: 'Включение в поезд', operationStation: origin, trainIndex: undefined }],
  ['en_route', { operation: 'Включение в поезд', operationStation: origin, trainNumber: undefined }],
  ['abandoned', { operation: 'БРОСАНИЕ ПОЕЗДА' }],
  ['abandoned', { operation: 'Временное отставление (92)', stampAt: moreThanDayLater }],
  ['en_route', { operation: 'Подъём поезда после бросания' }],
  ['standing', { stampAt: moreThanDayLater }],
  ['en_route', { stampAt: dayLater }],
  ['en_route', { operation: 'Выгрузка из вагона (21)' }],
  ['en_route', { originStation: undefined, destinationStation: undefined }],
])('is %s: %j', (status, changes) => {
  expect(deriveStatus({ ...enRoute, ...changes }, settings)).toBe(status)
})

test.each<[StatusRule, Partial<StatusPosition>]>([
  ['unloaded_at_destination', { operation: 'Выгрузка (21)', operationStation: destination }],
  ['at_destination', { operationStation: destination }],
  ['waits_at_origin', { operation: 'Погрузка (20)', operationStation: origin, ...withoutTrain }],
  ['abandoned_now', { operation: 'Бросание поезда' }],
  ['abandoned_before', { operation: 'Отставка вагона' }],
  ['idle_for_long', { stampAt: moreThanDayLater }],
  ['on_its_way', {}],
])('the rule is %s: %j', (rule, changes) => {
  const former = { status: 'abandoned', operationStation: between } as const
  expect(findStatusRule({ ...enRoute, ...changes }, settings, former)).toBe(rule)
})

test('the operation names and the threshold are settings', () => {
  const own = { meanings: { ...operationMeanings, abandoned: ['отстой'] }, standingAfterMinutes: 60 }
  expect(deriveStatus({ ...enRoute, operation: 'Поставлен в ОТСТОЙ' }, own)).toBe('abandoned')
  expect(deriveStatus(enRoute, own)).toBe('standing')
})

test.each<[string, Status, Partial<StatusPosition>]>([
  ['holds while the station does not change', 'abandoned', { operation: 'Прибытие вагона на станцию (1)' }],
  ['holds while it grows old', 'abandoned', { operation: 'Исключение (4)', stampAt: moreThanDayLater }],
  ['ends with the picking up', 'en_route', { operation: 'Подъём поезда' }],
  ['ends with the departure', 'en_route', {}],
  [
    'ends at another station',
    'en_route',
    { operation: 'Прибытие', operationStation: { name: 'ТАЙШЕТ', code: '920002' } },
  ],
  ['ends at the destination', 'at_destination', { operation: 'Прибытие', operationStation: destination }],
])('an abandonment %s', (_, status, changes) => {
  const former = { status: 'abandoned', operationStation: between } as const
  expect(deriveStatus({ ...enRoute, ...changes }, settings, former)).toBe(status)
})

test('no other status outlasts its operation', () => {
  const former = { status: 'standing', operationStation: between } as const
  expect(deriveStatus({ ...enRoute, operation: 'Прибытие' }, settings, former)).toBe('en_route')
})

describe('isSameStation', () => {
  test.each([
    ['the codes', { name: 'СЕЛЯТИНО', code: '181102' }, { name: 'Селятино Экс.', code: '181102' }, true],
    ['two roads with one name', { name: 'МИРНАЯ', code: '111111' }, { name: 'МИРНАЯ', code: '222222' }, false],
    [
      'the names when a code is unknown',
      { name: 'СЕЛЯТИНО', code: '181102' },
      { name: 'Селятино', code: undefined },
      true,
    ],
    ['an unknown station', { name: 'СЕЛЯТИНО', code: '181102' }, undefined, false],
  ])('goes by %s', (_, a, b, same) => {
    expect([isSameStation(a, b), isSameStation(b, a)]).toEqual([same, same])
  })
})

test('idle time is not negative when the operation is newer than the stamp', () => {
  expect(idleMinutes({ operatedAt: dayLater, stampAt: enRoute.stampAt })).toBe(0)
})

test.each([
  ['Выгрузка (21)', 'unloaded'],
  ['Вывоз с терминала (49)', 'tail'],
  ['Бросание поезда (92)', 'abandoned'],
  ['Подъем брошенного поезда', 'picked_up'],
  ['Отмена бросания поезда (92)', 'picked_up'],
  ['Отправление вагона со станции (2)', 'departed'],
  ['Погрузка (20)', 'other'],
])('%s means %s', (operation, meaning) => {
  expect(operationMeaningOf(operation, operationMeanings)).toBe(meaning)
})

test.each([
  ['Выдача контейнера получателю (49)', true],
  ['ВЫДАН ПОЛУЧАТЕЛЮ', true],
  ['Выгрузка', false],
  ['Вывоз', false],
])('%s is an issue to the consignee: %s', (operation, expected) => {
  expect(isIssued(operation)).toBe(expected)
})
