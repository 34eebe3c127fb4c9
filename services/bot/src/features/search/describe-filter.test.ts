import type { Filter } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { describeFilter } from './describe-filter.ts'

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
    'abandoned, late',
  ],
  [
    { states: ['arrived'], norm: { state: 'late', overDays: 1 } },
    'прибыли, больше чем на 1 сут позже срока, день прибытия 21.11.2026',
    'arrived, more than 1 d after the due date, arrival on 21.11.2026',
  ],
  [
    { states: ['arrived'], norm: { state: 'in_time', overDays: 0 }, arrives: undefined },
    'прибыли, в срок',
    'arrived, on time',
  ],
  [{}, 'все контейнеры, прибудут 21.11.2026 по прогнозу', 'all containers, arriving 21.11.2026 by forecast'],
  [{ states: ['arrived'] }, 'прибыли, день прибытия 21.11.2026', 'arrived, arrival on 21.11.2026'],
  [
    { states: ['unloaded'], arrives: { from: '2026-11-20', to: '2026-11-21' } },
    'прибыли и выгружены, последняя операция с 20.11.2026 по 21.11.2026',
    'arrived and unloaded, last operation 20.11.2026 to 21.11.2026',
  ],
])('the day of %j is shown as %s', (fields, ru, en) => {
  expect(describeFilter({ ...filter, ...fields }, 'ru')).toBe(ru)
  expect(describeFilter({ ...filter, ...fields }, 'en')).toBe(en)
})
