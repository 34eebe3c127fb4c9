import { describe, expect, test } from 'vitest'
import { bold, code, escapeHtml, joinRecords } from './html.ts'

test('escapes what Telegram would read as markup', () => {
  expect(escapeHtml('<b>"Рога & Копыта"</b>')).toBe('&lt;b&gt;&quot;Рога &amp; Копыта&quot;&lt;/b&gt;')
  expect(bold('<')).toBe('<b>&lt;</b>')
  expect(code('&')).toBe('<code>&amp;</code>')
})

test('cuts endless text, never in the middle of a character', () => {
  expect(escapeHtml('я'.repeat(300))).toBe(`${'я'.repeat(199)}…`)
  expect(escapeHtml('😀'.repeat(3), 4)).toBe('😀…')
})

describe('joining records', () => {
  test('fills messages up to the limit and splits no record', () => {
    const records = Array.from({ length: 200 }, (_, index) => `<code>${index}</code> ${'я'.repeat(60)}`)
    const messages = joinRecords(records)
    expect(messages.length).toBeGreaterThan(1)
    expect(messages.every(({ length }) => length <= 4096)).toBe(true)
    expect(messages.flatMap((message) => message.split('\n'))).toEqual(records)
  })

  test('takes a record of exactly the limit and refuses a longer one', () => {
    expect(joinRecords(['12345', 'a'], { limit: 5 })).toEqual(['12345', 'a'])
    expect(() => joinRecords(['123456'], { limit: 5 })).toThrow(RangeError)
  })

  test('makes no message without records', () => {
    expect(joinRecords([])).toEqual([])
  })
})
