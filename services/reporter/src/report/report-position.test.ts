import { expect, test } from 'vitest'
import { createNarrower } from './report-position.ts'
import { aPositionView } from './report.test-helper.ts'

test('a narrow position says what the report shows, and shares what many positions have in common', () => {
  const narrow = createNarrower()
  const view = (container: string) =>
    aPositionView({
      container,
      asOf: new Date('2026-11-22T05:00:00Z'),
      station: { name: 'ЧИТА', code: null },
      deliveryDueAt: new Date('2026-11-25T00:00:00Z'),
      origin: undefined,
    })
  const [one, other] = [narrow(view('A')), narrow(view('B'))]
  expect({ ...view('A'), pace: null }).toMatchObject(one)
  expect([one.container, other.container]).toEqual(['A', 'B'])
  expect([one.station === other.station, one.asOf === other.asOf, one.deliveryDueAt === other.deliveryDueAt]).toEqual([
    true,
    true,
    true,
  ])
  expect([other.origin, other.arrivedAt, other.consignee]).toEqual([undefined, null, null])
})

test('stations of one name with different codes stay apart', () => {
  const narrow = createNarrower()
  const codes = ['000001', '000002'].map(
    (code) => narrow(aPositionView({ station: { name: 'ЧИТА', code } })).station.code,
  )
  expect(codes).toEqual(['000001', '000002'])
})
