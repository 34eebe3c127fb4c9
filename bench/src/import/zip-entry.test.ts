import { aDislocationRow, aDislocationWorkbook } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { inflateAll, replaceEntry } from './zip-entry.ts'

const workbook = await aDislocationWorkbook({ rows: [aDislocationRow()] })
const strings = 'xl/sharedStrings.xml'

test('changes one entry and keeps what the others hold', () => {
  const changed = replaceEntry(workbook, strings, (content) => Buffer.concat([content, Buffer.from('<!-- more -->')]))
  expect(inflateAll(changed)).toBe(inflateAll(workbook) + '<!-- more -->'.length)
  let seen = ''
  replaceEntry(changed, strings, (content) => {
    seen = content.toString()
    return content
  })
  expect(seen.endsWith('</sst><!-- more -->')).toBe(true)
})

test('gives other bytes of the same content', () => {
  const same = replaceEntry(workbook, strings, (content) => content)
  expect(same.equals(workbook)).toBe(false)
  expect(inflateAll(same)).toBe(inflateAll(workbook))
})

test('names the entry that is not there', () => {
  expect(() => replaceEntry(workbook, 'xl/no.xml', (content) => content)).toThrow('the zip file has no xl/no.xml')
})
