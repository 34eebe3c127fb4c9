import { expect, test } from 'vitest'
import { jsonOutput, textOutput } from './output.ts'

const headings = ['telegram id', 'next run (UTC)', '']
const rows = [[7, new Date('2026-03-01T10:20:30Z'), null] as const]

test('text: a table after something else stands apart', () => {
  const lines: string[] = []
  const output = textOutput((text) => lines.push(text))
  output.table(headings, rows)
  output.print('and 2 more')
  output.table(['id'], [[1]])
  output.end()
  expect(lines.join('\n')).toBe('telegram id  next run (UTC)\n7            2026-03-01 10:20\nand 2 more\n\nid\n1')
})

test('JSON: one object with typed cells', () => {
  const written: string[] = []
  const output = jsonOutput((text) => written.push(text))
  output.table(headings, rows)
  output.print('and 2 more')
  expect(written).toEqual([])
  output.end()
  expect(written.map((text) => JSON.parse(text))).toEqual([
    {
      ok: true,
      messages: ['and 2 more'],
      tables: [[{ telegram_id: 7, next_run: '2026-03-01T10:20:30.000Z', column_3: null }]],
    },
  ])
})

test('a failure ends both forms', () => {
  const written: string[] = []
  textOutput((text) => written.push(text)).end('no such row')
  jsonOutput((text) => written.push(text)).end('no such row')
  expect(written[0]).toBe('failed: no such row')
  expect(JSON.parse(written[1]!)).toEqual({ ok: false, messages: [], tables: [], error: 'no such row' })
})
