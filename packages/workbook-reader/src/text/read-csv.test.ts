import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeText } from './text-encoding.test-helper.ts'
import { readRows, reasonFor } from '../workbook-rows.test-helper.ts'

const report = 'Номер контейнера;Станция операции;Вес\r\nTKRU3456789;УГЛОВАЯ (982206);12,5\r\n'
const reportRows = {
  1: ['Номер контейнера', 'Станция операции', 'Вес'],
  2: ['TKRU3456789', 'УГЛОВАЯ (982206)', '12,5'],
}
const bytes = (text: string) => Buffer.from(text)

test.each([
  ['utf-8', bytes(report)],
  ['utf-8 with a mark', bytes(`\uFEFF${report}`)],
  ['utf-16 little-endian', Buffer.from(`\uFEFF${report}`, 'utf16le')],
  ['utf-16 big-endian', Buffer.from(`\uFEFF${report}`, 'utf16le').swap16()],
  ['windows-1251', encodeText(report, 'windows-1251')],
  ['koi8-r', encodeText(report, 'koi8-r')],
  ['the charset of the Russian console', encodeText(report, 'ibm866')],
])('reads %s', async (_charset, file) => {
  expect(await readRows(file)).toEqual(reportRows)
})

test.each(['windows-1251', 'koi8-r', 'ibm866'])('tells %s by a single line in capitals or not', async (charset) => {
  for (const line of ['НОМЕР КОНТЕЙНЕРА;СТАНЦИЯ', 'станция назначения;груз', 'Хабаровск II;Эльбан', '№;ИНН;Сток']) {
    expect(await readRows(encodeText(charset === 'windows-1251' ? line : line.replace('№', 'Номер'), charset))).toEqual(
      {
        1: (charset === 'windows-1251' ? line : line.replace('№', 'Номер')).split(';'),
      },
    )
  }
})

describe('the delimiter', () => {
  test.each<[string, string, Record<number, readonly string[]>]>([
    [
      'a semicolon, though numbers have commas',
      'a;b\n1,5;2,5\n4,5;5',
      { 1: ['a', 'b'], 2: ['1,5', '2,5'], 3: ['4,5', '5'] },
    ],
    ['a comma', 'a,b\n1;,2\n4,5', { 1: ['a', 'b'], 2: ['1;', '2'], 3: ['4', '5'] }],
    ['a tab', 'a\tb\n1,5\t2;\n4\t5', { 1: ['a', 'b'], 2: ['1,5', '2;'], 3: ['4', '5'] }],
    ['what the sep line says', 'sep=|\r\n1|2;3;4|5', { 1: ['1', '2;3;4', '5'] }],
    ['named below lines of title', 'Отчёт, вчера\n\nx;y\n1;2', { 1: ['Отчёт, вчера'], 3: ['x', 'y'], 4: ['1', '2'] }],
  ])('is %s', async (_case, text, rows) => {
    expect(await readRows(bytes(text))).toEqual(rows)
  })

  test('may be missing: the text is one column', async () => {
    expect(await readRows(bytes('просто\nтекст'))).toEqual({ 1: ['просто'], 2: ['текст'] })
  })
})

test('keeps every value as the text it is', async () => {
  expect(await readRows(bytes('00123;1e5;01.02.2025;=1+1;true; x ;-\n'))).toEqual({
    1: ['00123', '1e5', '01.02.2025', '=1+1', 'true', ' x ', '-'],
  })
})

test.each<[string, readonly (readonly string[])[]]>([
  ['"a\r\nb;""c""";d', [['a\r\nb;"c"', 'd']]],
  ['ООО "Ромашка";"x" y;z"', [['ООО "Ромашка"', 'x y', 'z"']]],
  [
    '"";a\n;"b"\n',
    [
      [undefined as never, 'a'],
      [undefined as never, 'b'],
    ],
  ],
  [
    'a;b\rc;d\r',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a;', [['a']]],
])('reads %j as Excel would', async (text, rows) => {
  expect(Object.values(await readRows(bytes(text)))).toEqual(rows)
})

test('gives back every table that is written by the rules', async () => {
  const field = fc.string({ unit: fc.constantFrom(...Array.from('aЖ0;,\t"\n\r \u00a0')), maxLength: 8 })
  const tables = fc.array(fc.array(field, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(tables, async (table) => {
      const quoted = table.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(';'))
      const expected = Object.fromEntries(
        table.flatMap((row, index) => {
          const width = row.findLastIndex((text) => text !== '') + 1
          return width === 0 ? [] : [[index + 1, row.slice(0, width).map((text) => text || undefined)]]
        }),
      )
      expect(await readRows(bytes(`sep=;\n${quoted.join('\r\n')}`))).toEqual(expected)
    }),
  )
})

test('refuses a quotation without an end: it would swallow the rows behind it', async () => {
  expect(await reasonFor(bytes(`a;b\n"c;d\n${'e;f\n'.repeat(10)}`))).toBe('damaged')
  expect(await reasonFor(bytes(`a;b\n"${'x'.repeat(1_000_001)}";d\n`))).toBe('damaged')
})

test('keeps to the limits', async () => {
  expect(await reasonFor(bytes('a;b\nc;d'), { maxRows: 1 })).toBe('too_many_rows')
  expect(await reasonFor(bytes('a;b;c'), { maxColumns: 2 })).toBe('too_many_columns')
  expect(await readRows(bytes(`a;b\n${'\n'.repeat(1_500)}c;d`))).toEqual({ 1: ['a', 'b'] })
})

test.each([
  ['line ends', '\n'.repeat(5_000_000)],
  ['delimiters', `a;b\n${';'.repeat(5_000_000)}`],
  ['quotes', `a;b\n${'"'.repeat(5_000_000)}`],
  ['quoted fields', 'a;b\n'.concat('"";""\n'.repeat(500_000))],
])('gets through a mass of %s in linear time', async (_case, text) => {
  // The time limit of the test is the check.
  await expect(readRows(bytes(text)).catch((error: unknown) => error)).resolves.toBeDefined()
})

test('leaves nothing that a database would refuse', async () => {
  const text = `a;b\n${'x;y\n'.repeat(2_000)}z\0;w`
  expect((await readRows(bytes(text)))[2_002]).toEqual(['z', 'w'])
})
