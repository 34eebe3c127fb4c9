import type { Filter } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { describeFilter } from './describe-filter.ts'

const now = new Date('2026-11-19T08:00:00Z')
const day = { from: '2026-11-21', to: '2026-11-21' }
const filter: Filter = {
  places: [],
  states: [],
  idleOverMinutes: undefined,
  kmLeft: undefined,
  norm: undefined,
  departed: undefined,
  loaded: undefined,
  feet: undefined,
  arrives: day,
  trains: [],
  railTrain: undefined,
  passedOn: undefined,
  asksKm: false,
}

test.each<[Partial<Filter>, string, string]>([
  [{ arrives: undefined, norm: { state: 'late', overDays: 0 } }, 'опаздывают', 'late'],
  [
    { arrives: undefined, norm: { state: 'at_risk', overDays: 2 } },
    'ожидается опоздание больше 2 сут',
    'expected to be more than 2 d late',
  ],
  [
    { arrives: undefined, states: ['abandoned'], norm: { state: 'late', overDays: 0 } },
    'брошены, опаздывают',
    'held en route, late',
  ],
  [
    { states: ['arrived'], norm: { state: 'late', overDays: 1 } },
    'прибыли, больше чем на 1 сут позже срока, день прибытия 21 ноября',
    'arrived, more than 1 d after the due date, arrival on 21 November',
  ],
  [
    { states: ['arrived'], norm: { state: 'in_time', overDays: 0 }, arrives: undefined },
    'прибыли, в срок',
    'arrived, on time',
  ],
  [{}, 'все контейнеры, прибудут 21 ноября по прогнозу', 'all containers, arriving on 21 November by forecast'],
  [{ states: ['arrived'] }, 'прибыли, день прибытия 21 ноября', 'arrived, arrival on 21 November'],
  [
    { states: ['unloaded'], arrives: { from: '2026-11-20', to: '2026-11-21' } },
    'прибыли и выгружены, последняя операция с 20 ноября по 21 ноября',
    'arrived and unloaded, last operation from 20 November to 21 November',
  ],
  [{ states: ['abandoned'] }, 'брошены, последняя операция 21 ноября', 'held en route, last operation on 21 November'],
  [{ arrives: undefined, loaded: false, feet: 20 }, 'порожние, 20-футовые контейнеры', 'empty, 20 ft containers'],
  [{ arrives: undefined, loaded: false, states: ['en_route'] }, 'порожние, в пути', 'empty, en route'],
])('the day of %j is shown as %s', (fields, ru, en) => {
  expect(describeFilter({ ...filter, ...fields }, { language: 'ru', now })).toBe(ru)
  expect(describeFilter({ ...filter, ...fields }, { language: 'en', now })).toBe(en)
})
