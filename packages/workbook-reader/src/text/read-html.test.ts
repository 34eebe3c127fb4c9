import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeText } from './text-encoding.test-helper.ts'
import { readRows, reasonFor } from '../workbook-rows.test-helper.ts'

const read = (html: string, limits = {}) => readRows(Buffer.from(html), limits)
const table = (rows: string) => `<html><body><table>${rows}</table></body></html>`

test('reads every value as the text people see', async () => {
  const html = table(
    '<tr><th>Номер</th><th>Вес</th></tr>' +
      '<tr><td style="mso-number-format:\'0\'">00500123</td><td x:num="1.5">1,5</td></tr>' +
      '<tr><td>&lt;a&gt; &amp;&nbsp;&laquo;б&raquo; &#8470;&#x31; &#150; &unknown; &amp;lt;</td><td>02.09.2025 08:00</td></tr>',
  )
  expect(await read(html)).toEqual({
    1: ['Номер', 'Вес'],
    2: ['00500123', '1,5'],
    3: ['<a> &\u00a0«б» №1 – &unknown; &lt;', '02.09.2025 08:00'],
  })
})

test.each<[string, (html: string) => Buffer]>([
  ['windows-1251 as declared', (html) => encodeText(`<meta charset=windows-1251>${html}`, 'windows-1251')],
  [
    'koi8-r as declared the old way',
    (html) => encodeText(`<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">${html}`, 'koi8-r'),
  ],
  ['windows-1251 that says UTF-8', (html) => encodeText(`<html><meta charset="utf-8">${html}`, 'windows-1251')],
  ['windows-1251 that says nothing', (html) => encodeText(html, 'windows-1251')],
  ['an unknown charset that is UTF-8', (html) => Buffer.from(`<meta charset="x-none">${html}`)],
  ['utf-16 with a mark', (html) => Buffer.from(`\uFEFF${html}`, 'utf16le')],
])('decodes %s', async (_case, encode) => {
  expect(await readRows(encode(table('<tr><td>Станция назначения<td>УГЛОВАЯ')))).toEqual({
    1: ['Станция назначения', 'УГЛОВАЯ'],
  })
})

test('keeps spanning cells in their places', async () => {
  const html = table(
    '<tr><td colspan=2>a<td rowspan="3">b<td>c</tr>' +
      '<tr><td rowspan=2 colspan=2>d</td><td>e</td></tr>' +
      '<tr><td>f</td></tr>' +
      '<tr><td>g</td><td>h</td><td>i</td></tr>',
  )
  expect(await read(html)).toEqual({
    1: ['a', undefined, 'b', 'c'],
    2: ['d', undefined, undefined, 'e'],
    3: [undefined, undefined, undefined, 'f'],
    4: ['g', 'h', 'i'],
  })
})

test('reads on where tags are left out', async () => {
  expect(await read('<table><tr><td>a<td>b<tr><td>c</table>')).toEqual({ 1: ['a', 'b'], 2: ['c'] })
  expect(await read('<tr><td>a</td></tr><tr><td>b')).toEqual({ 1: ['a'], 2: ['b'] })
  expect(await read('<table><td>a<td>b</table>')).toEqual({ 1: ['a', 'b'] })
})

test('leaves out scripts, styles, comments and tables within cells', async () => {
  const html =
    '<html><head><title>x</title><style>td{a:b}</style><xml><x:Name>y</x:Name></xml></head><!--[if mso]><table><tr><td>no<![endif]-->' +
    table('<tr><td>a<script>if (a < b) "</td>"</script><table><tr><td>inner</td></tr></table>z<td>b<!-- > --></tr>')
  expect(await read(html)).toEqual({ 1: ['az', 'b'] })
})

test('makes lines of breaks and paragraphs, and one blank of many', async () => {
  const html = table('<tr><td> a \r\n  b<br>c<br/>\n d </td><td><p>e</p>\n<p>f</p></td></tr>')
  expect(await read(html)).toEqual({ 1: ['a b\nc\nd', 'e\n\nf'] })
})

test('gives the text around the tables as rows, and all tables as one sheet', async () => {
  const html =
    '<h1>Дислокация</h1><p>Сформирован: <b>02.09.2025</b> 08:00</p><table><tr><td>a</table><hr><table><tr><td>b</table>'
  expect(await read(html)).toEqual({ 1: ['Дислокация'], 2: ['Сформирован: 02.09.2025 08:00'], 3: ['a'], 4: ['b'] })
})

test('is not led astray by brackets in quoted attributes or by quotes elsewhere', async () => {
  expect(
    await read("<table><tr><td title=\"a>b\" data-x='>' >c</td><td it's>d</td><td>1 < 2</td></tr></table>"),
  ).toEqual({
    1: ['c', 'd', '1 < 2'],
  })
})

describe('hostile pages', () => {
  test('keep to the limits', async () => {
    const rows = '<tr><td>a</td></tr>'
    expect(await reasonFor(Buffer.from(table(rows.repeat(3))), { maxRows: 2 })).toBe('too_many_rows')
    expect(await reasonFor(Buffer.from(table(`<tr>${'<td>a'.repeat(300)}`)))).toBe('too_many_columns')
    expect(await reasonFor(Buffer.from(table('<tr><td colspan=9999999>a<td>b')))).toBe('too_many_columns')
    expect(await read(table(`${rows}${'<tr></tr>'.repeat(1_001)}${rows}`))).toEqual({ 1: ['a'] })
    expect(await read(table('<tr><td rowspan=99999999999 colspan=99999999999>a<tr><td>'))).toEqual({ 1: ['a'] })
  })

  test.each([
    ['open angles', '<'.repeat(3_000_000)],
    ['tags without an end', '<td '.repeat(1_000_000)],
    ['quotes without an end', '<td a="'.repeat(500_000)],
    ['comments', '<!-- '.repeat(600_000)],
    ['nested tables', '<table><tr><td>'.repeat(200_000)],
    ['scripts', '<script>'.repeat(400_000)],
    ['closed scripts', '<script></script>'.repeat(200_000)],
    ['ampersands', `<td>${'&'.repeat(3_000_000)}`],
    ['blanks', `<td>${' \n'.repeat(1_500_000)}x`],
    ['breaks', `<td>x${'<br>'.repeat(700_000)}x`],
    ['attributes', `<td rowspan ${'a = '.repeat(700_000)}>x`],
    ['spans', '<tr><td rowspan=60000 colspan=200>'.repeat(80_000)],
  ])('of many %s take linear time', async (_case, html) => {
    // The time limit of the test is the check.
    const outcome = read(`<table><tr><td>a</td></tr>${html}`, { maxBlankRows: 1e9 }).catch((error: unknown) => error)
    await expect(outcome).resolves.toBeDefined()
  })
})

test('gives back every table that is written by the rules', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...Array.from('aЖ0;<>&"\'=')), maxLength: 8 })
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(cell, { maxLength: 5 }), { minLength: 1, maxLength: 8 }), async (rows) => {
      const html = rows.map((row) => `<tr>${row.map((text) => `<td>${escape(text)}</td>`).join('')}</tr>`).join('\n')
      const expected = rows.flatMap((row, index) => {
        const width = row.findLastIndex((text) => text !== '') + 1
        return width === 0 ? [] : [[index + 1, row.slice(0, width).map((text) => text || undefined)]]
      })
      expect(await read(table(html))).toEqual(Object.fromEntries(expected))
    }),
  )
})
