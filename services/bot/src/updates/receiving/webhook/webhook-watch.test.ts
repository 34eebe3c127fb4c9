import { expect, test } from 'vitest'
import { judgeWebhook, type WebhookInfo } from './webhook-watch.ts'

const url = 'https://bot.example/hook'
const info = (values: Partial<WebhookInfo> = {}): WebhookInfo => ({
  url,
  pending: 0,
  lastErrorAt: undefined,
  ...values,
})

test.each([
  ['nothing waits', info({ lastErrorAt: 5 }), info(), 0, undefined],
  ['more wait, and some arrived', info({ pending: 9 }), info({ pending: 1 }), 3, undefined],
  ['fewer wait: another process receives them', info({ pending: 3 }), info({ pending: 9 }), 0, undefined],
  ['more wait and none arrived', info({ pending: 4 }), info({ pending: 1 }), 0, 'undelivered'],
  ['as many wait and none arrived', info({ pending: 4 }), info({ pending: 4 }), 0, 'undelivered'],
  [
    'a new error, and none arrived',
    info({ pending: 1, lastErrorAt: 7 }),
    info({ pending: 2, lastErrorAt: 5 }),
    0,
    'undelivered',
  ],
  ['the first look', info({ pending: 4, lastErrorAt: 7 }), undefined, 0, undefined],
  ['no webhook is set', info({ url: '' }), info(), 0, 'elsewhere'],
  ['another address is set', info({ url: 'https://other.example' }), info(), 5, 'elsewhere'],
] as const)('%s', (_what, now, before, arrived, problem) => {
  expect(judgeWebhook(now, { url, before, arrived })).toBe(problem)
})
