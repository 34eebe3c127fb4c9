import { expect, test } from 'vitest'
import { nearestPlaces } from './directory.ts'
import { knownStations } from './corpus/known-stations.ts'

test.each([
  ['Сульотино', ['СЕЛЯТИНО']],
  ['Селятено', ['СЕЛЯТИНО']],
  ['Чемскай', ['ЧЕМСКОЙ']],
  ['Карымское', ['КАРЫМСКАЯ']],
  ['Омскк', ['ОМСК', 'ОМСК-ВОСТОЧНЫЙ']],
  ['Тюменская', ['ТЮМЕНЬ']],
  ['Москвы', ['МОСКОВСКАЯ']],
  ['Вашингтон', []],
  ['ад', []],
])('the names nearest to %s are %j', (word, names) => {
  const found = nearestPlaces(knownStations, word, 2)
  expect([...new Set(found.map(({ name }) => name.toUpperCase()))]).toEqual(names)
})

test('the names of a large directory are compared in no time', () => {
  const before = process.cpuUsage()
  for (let n = 0; n < 100; n++) nearestPlaces(knownStations, `Неведомая${'я'.repeat(n)}`, 3)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(2_000)
})
