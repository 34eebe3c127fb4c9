import { expect, test } from 'vitest'
import { parseFreeDays, storageOf } from './free-days.ts'
import { daysOnSite } from './stock-filter.ts'

const at = (day: number, hour = 0) => new Date(Date.UTC(2025, 8, day, hour))
const rules = parseFreeDays('ВСК;40;Селятино=3:1500, *;*;*=10') ?? []
const stay = { terminal: 'ВСК Восточный', size: '40 HC', direction: 'Селятино', arrivedAt: at(1) }

test('storage is charged by the first rule that fits, from the end of the free days on', () => {
  expect(storageOf(stay, at(3, 23), rules)).toEqual({
    freeDays: 3,
    chargedFrom: at(4),
    freeDaysLeft: 0,
    chargedDays: 0,
    charge: 0,
  })
  expect(storageOf(stay, at(1, 12), rules)).toMatchObject({ freeDaysLeft: 2 })
  expect(storageOf(stay, at(5, 1), rules)).toMatchObject({ chargedDays: 2, charge: 3000 })
  expect(storageOf({ ...stay, size: '20 DC' }, at(12), rules)).toMatchObject({
    freeDays: 10,
    chargedDays: 1,
    charge: undefined,
  })
  expect(storageOf({ ...stay, arrivedAt: undefined }, at(12), rules)).toBeUndefined()
  expect(storageOf(stay, at(12), [])).toBeUndefined()
})

test('days on site are whole ones at the report', () => {
  expect([daysOnSite(at(1), at(1, 23)), daysOnSite(at(1), at(3)), daysOnSite(at(5), at(3))]).toEqual([0, 2, 0])
  expect(daysOnSite(undefined, at(3))).toBeUndefined()
})
