import { expect, test } from 'vitest'
import { overlay } from './overlay.ts'

test('a stored value counts before the environment, where it fits', () => {
  const env = { STALE_AFTER_HOURS: '6', STANDING_AFTER_HOURS: '24', BOT_TOKEN: 'secret' }
  const stored = [
    { name: 'STALE_AFTER_HOURS', value: '9' },
    { name: 'STANDING_AFTER_HOURS', value: 'a while' },
    { name: 'BOT_TOKEN', value: 'another' },
    { name: 'SETTING_OF_NEXT_YEAR', value: '1' },
  ]
  expect(overlay(env, stored)).toEqual({
    env: { ...env, STALE_AFTER_HOURS: '9' },
    overridden: ['STALE_AFTER_HOURS'],
    unfit: ['STANDING_AFTER_HOURS'],
    unknown: ['BOT_TOKEN', 'SETTING_OF_NEXT_YEAR'],
  })
})
