import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'
import type { Asked } from './answer.ts'
import { createLookup } from './lookup.ts'

const now = new Date('2025-09-02T06:00:00Z')
const producers = { buildReport: { ring: async () => undefined } } as never
const settings = { sourceZone: 'Europe/Moscow', staleAfterMinutes: 360, standingAfterMinutes: 1440 }
const { lookUp } = createLookup({ settings, scheduleZone: 'Asia/Vladivostok', producers })

describe('the statements of an answer', () => {
  const known = Array.from({ length: 100 }, (_, index) => containerNumber(index) as ContainerNumber)
  const unknown = Array.from({ length: 5 }, (_, index) => containerNumber(1_000 + index) as ContainerNumber)
  const nothing: Asked = { containers: [], mistyped: [], wagons: [], waybills: [] }
  const slip = 'MSKU6011627' as ContainerNumber
  const [wagon, otherWagon] = ['94287657', '52275476'] as const

  test.for([
    ['one known number', { ...nothing, containers: known.slice(0, 1) }],
    ['one unknown number', { ...nothing, containers: unknown.slice(0, 1) }],
    ['one number with a slip', { ...nothing, containers: [slip] }],
    [
      'ten numbers of all sorts',
      { ...nothing, containers: [...known.slice(0, 5), ...unknown], mistyped: ['MSKU601167'] },
    ],
    ['a hundred numbers', { ...nothing, containers: known }],
    ['a wagon and a waybill', { ...nothing, wagons: [wagon], waybills: ['ЭФ038927'] }],
    ['an unknown wagon', { ...nothing, wagons: [otherWagon] }],
  ] as [string, Asked][])('to %s are three at most', async ([, asked], { db }) => {
    await storePositions(
      db,
      known.map((container) => aPosition({ container })),
    )
    await storeVisits(db, [aVisit({ container: unknown[0] ?? '' })])
    expect(await countStatements(db, now, (ctx) => lookUp(ctx, asked))).toBeLessThanOrEqual(3)
  })
})
