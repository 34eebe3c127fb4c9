import { expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { countStatements } from '../../testing/count-statements.ts'
import { createSearch } from './search.ts'

const now = new Date('2025-09-02T06:00:00Z')
const settings = { sourceZone: 'Europe/Moscow', staleAfterMinutes: 360, standingAfterMinutes: 1440 }

test('a search takes three statements at most, and one when it finds something and knows the stations', async ({
  db,
}) => {
  await storePositions(db, [aPosition()])
  const { answer } = createSearch({ settings, producers: { buildReport: { ring: async () => undefined } } as never })
  const count = (text: string) => countStatements(db, now, (ctx) => answer(ctx, text))
  expect(await count('брошены на Забайкальской')).toBe(3)
  expect(await count('что на Забайкальской')).toBe(1)
})
