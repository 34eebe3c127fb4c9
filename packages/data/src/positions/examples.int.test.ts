import { expect, test } from '@atermtrack/testkit'
import * as companies from '../companies/companies.ts'
import { everything } from '../visibility/visibility.ts'
import * as examples from './examples.ts'
import { importPicture } from './position-reports.test-helper.ts'
import * as positions from './positions.ts'

test('examples are under way and within the scope, and nothing is chosen where there is nothing', async ({ db }) => {
  const none = { container: null, waybill: null, destination: null, destinationId: null, train: null }
  expect(await examples.find(db, everything)).toEqual(none)
  await importPicture(db)
  const chosen = await examples.find(db, everything)
  const card = await positions.findCard(db, chosen.container ?? '', everything)
  expect(card).toMatchObject({ arrivedAt: null, destination: { name: chosen.destination } })
  expect(card?.station.name).not.toBe(chosen.destination)
  const station = chosen.destinationId ?? 0
  expect(await examples.findStationName(db, station, everything)).toBe(chosen.destination)
  const company = await companies.insert(db, 'Без клиентов')
  const scope = { kind: 'company', companyId: company?.id ?? 0 } as const
  expect(await examples.find(db, scope)).toEqual(none)
  expect(await examples.findStationName(db, station, scope)).toBe(undefined)
  expect(await examples.find(db, { kind: 'nothing' })).toEqual(none)
})
