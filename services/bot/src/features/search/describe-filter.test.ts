import type { Filter } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { describeFilter } from './describe-filter.ts'

const day = { from: '2026-11-21', to: '2026-11-21' }
const filter: Filter = {
  places: [],
  states: [],
  idleOverMinutes: undefined,
  kmLeft: undefined,
  arrives: day,
  trains: [],
}

test.each<[Partial<Filter>, string, string]>([
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
