import { expect, test } from 'vitest'
import { lateWaybills, type RegisteredTrip } from './late-waybills.ts'

const terms = { claimDays: 45 }
/** Midnight of 10 June in Moscow: how a report names the norm. */
const dueAt = new Date('2026-06-09T21:00:00Z')
const stampAt = new Date('2026-06-20T05:00:00Z')

function aTrip(fields: Partial<RegisteredTrip> = {}): RegisteredTrip {
  return { container: 'MSKU6011672', waybill: 'ЭФ038927', dueAt, arrivedAt: undefined, stampAt, ...fields }
}
const moscow = (wall: string) => new Date(`${wall}+03:00`)

test.for([
  ['2026-06-10T00:10', undefined],
  ['2026-06-10T23:59', undefined],
  ['2026-06-11T00:00', undefined],
  ['2026-06-11T00:01', 1],
  ['2026-06-11T23:59', 1],
  ['2026-06-12T00:01', 2],
] as const)('with a norm of 10 June an arrival at %s is late by %s days', ([wall, days]) => {
  expect(lateWaybills([aTrip({ arrivedAt: moscow(wall) })], terms)[0]?.days).toBe(days)
})

test('the containers of a waybill are one row: it has arrived with the last, and claims can be made for 45 days from then', () => {
  const [row, ...others] = lateWaybills(
    [
      aTrip({ container: 'MSKU6011672', arrivedAt: moscow('2026-06-12T08:00') }),
      aTrip({ container: 'CSQU3054383', arrivedAt: moscow('2026-06-14T08:00') }),
      aTrip({ container: 'TKRU8864591', arrivedAt: moscow('2026-06-10T08:00') }),
    ],
    terms,
  )
  expect(others).toEqual([])
  expect(row!.trips.map(({ container }) => container)).toEqual(['CSQU3054383', 'MSKU6011672'])
  expect(row).toMatchObject({
    waybill: 'ЭФ038927',
    days: 4,
    arrivedAt: moscow('2026-06-14T08:00'),
    claimUntil: moscow('2026-07-29T08:00'),
  })
})

test('a waybill with a container on its way has no arrival and no period for claims yet', () => {
  const rows = lateWaybills(
    [aTrip({ container: 'CSQU3054383', arrivedAt: moscow('2026-06-12T08:00') }), aTrip()],
    terms,
  )
  expect(rows).toMatchObject([{ arrivedAt: undefined, claimUntil: undefined, days: 10 }])
  expect(rows[0]!.trips).toHaveLength(2)
})

test('another norm, and a trip without a waybill, are rows of their own, the most days first', () => {
  const rows = lateWaybills(
    [
      aTrip({ arrivedAt: moscow('2026-06-12T08:00') }),
      aTrip({ dueAt: moscow('2025-06-10T00:00'), arrivedAt: moscow('2025-06-20T08:00') }),
      aTrip({ waybill: undefined, container: 'CSQU3054383', arrivedAt: moscow('2026-06-11T08:00') }),
      aTrip({ waybill: undefined, container: 'TKRU8864591', arrivedAt: moscow('2026-06-11T08:00') }),
    ],
    terms,
  )
  expect(rows.map(({ waybill, days, trips }) => [waybill, days, trips.length])).toEqual([
    ['ЭФ038927', 10, 1],
    ['ЭФ038927', 2, 1],
    [undefined, 1, 1],
    [undefined, 1, 1],
  ])
})
