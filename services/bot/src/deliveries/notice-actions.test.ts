import { noticeActions } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { composeFeatures } from '../features/compose-features.ts'
import { noProbes, openTo, usual } from '../testing/start-test-bot.ts'

test('every button of a notice is handled by a feature', () => {
  const { features } = composeFeatures({
    scheduleZone: 'Asia/Vladivostok',
    isEmailOn: true,
    policy: openTo(),
    ...usual,
    probes: noProbes,
    view: {
      sourceZone: 'Europe/Moscow',
      freeDays: [],
      staleAfterMinutes: 360,
      standingAfterMinutes: 1440,
      forecastMovedHours: 12,
    },
  })
  const handled = new Set(features.flatMap(({ actions = [] }) => actions.map(({ action }) => action)))
  expect(noticeActions.filter((action) => !handled.has(action))).toEqual([])
})
