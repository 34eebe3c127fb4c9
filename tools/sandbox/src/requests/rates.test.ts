import { expect, test } from 'vitest'
import { createRates } from './rates.ts'

test('lets a short burst into one chat and then one message a second', () => {
  let at = 1_000_000
  const pace = createRates(() => at)
  pace(1001)
  pace(1001)
  pace(1001)
  expect(() => pace(1001)).toThrow('Too Many Requests: retry after 3')
  at += 3000
  pace(1001)
})

test('lets 30 messages a second through over all chats', () => {
  const pace = createRates(() => 1_000_000)
  for (let chatId = 1; chatId <= 30; chatId += 1) pace(chatId)
  expect(() => pace(31)).toThrow('Too Many Requests: retry after 1')
})

test('lets 20 messages a minute into a group', () => {
  let at = 1_000_000
  const pace = createRates(() => at)
  for (let count = 0; count < 20; count += 1) {
    pace(-5)
    at += 1000
  }
  expect(() => pace(-5)).toThrow('Too Many Requests: retry after 40')
})
