import { aDislocationRow, aDislocationWorkbook } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { readZip, writeZip } from './zip-file.ts'

test('reads what it has written, stored and packed, and the workbooks of the testkit', async () => {
  const parts = [
    { name: 'а.xml', content: Buffer.from('<a/>'), isStored: true },
    { name: 'b/c.bin', content: Buffer.alloc(1_000), isStored: false },
  ]
  expect(readZip(writeZip(parts))).toEqual(parts)
  const workbook = await aDislocationWorkbook({ rows: [aDislocationRow()] })
  expect(readZip(workbook)?.map(({ name }) => name)).toContain('xl/worksheets/sheet1.xml')
})

test('writes false statements into both headers, and true ones by default', () => {
  const content = Buffer.from('abc')
  const honest = writeZip([{ name: 'a', content, isStored: true }])
  const lying = writeZip([{ name: 'a', content, isStored: true, lies: { size: 77 } }])
  const differing = [...honest.keys()].filter((at) => honest[at] !== lying[at])
  expect(differing.map((at) => [honest[at], lying[at]])).toEqual([
    [3, 77],
    [3, 77],
  ])
})

test('does not read a truncated zip', () => {
  const whole = writeZip([{ name: 'a', content: Buffer.from('abc') }])
  expect(readZip(whole.subarray(0, -1))).toBeUndefined()
  expect(readZip(whole.subarray(5))).toBeUndefined()
  expect(readZip(Buffer.from('PK'))).toBeUndefined()
})
