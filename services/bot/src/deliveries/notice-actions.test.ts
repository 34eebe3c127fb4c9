import { noticeActions } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { createBroadcast } from '../features/broadcast/broadcast.ts'
import { createUnknownDeliveries } from '../features/unknown-deliveries/unknown-deliveries.ts'
import { createWorkbooks } from '../features/workbooks/workbooks.ts'
import { createAnnotating } from '../documents/annotating.ts'
import { createFeatures } from '../start-bot.ts'
import { openTo } from '../testing/start-test-bot.ts'

/** Features are put together without anything being enqueued. */
const producers = {} as never
const zone = 'Asia/Vladivostok'

test('every button of a notice is handled by a feature', () => {
  const { features } = createFeatures({
    producers,
    scheduleZone: zone,
    isEmailOn: true,
    policy: openTo(),
    view: { sourceZone: 'Europe/Moscow', staleAfterMinutes: 360, standingAfterMinutes: 1440 },
    features: [
      createBroadcast({ policy: openTo(), producers }),
      createUnknownDeliveries({ zone, producers }),
      createWorkbooks({ zone, producers }),
      createAnnotating({ producers }),
    ],
  })
  const handled = new Set(features.flatMap(({ callbacks = {} }) => Object.keys(callbacks)))
  expect(noticeActions.filter((action) => !handled.has(action))).toEqual([])
})
