import { expect, test } from 'vitest'
import { isAdmin, type Rightful } from './admin.ts'

const named = 7

test.each<[boolean, string, Partial<Rightful>]>([
  [true, 'is named in the settings, whatever else is known', { telegramId: named, access: 'denied' }],
  [true, 'has the role and access', { role: 'admin', access: 'granted' }],
  [false, 'had the role and was shown out', { role: 'admin', access: 'denied' }],
  [false, 'works for everybody and decides nothing', { role: 'operator', access: 'granted' }],
  [false, 'is nobody yet', {}],
])('%s for who %s', (expected, _, person) => {
  expect(isAdmin({ telegramId: 8, role: null, access: 'none', ...person }, [named])).toBe(expected)
})
