import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { defaultReadingLimits as limits } from '../reading-limits.ts'
import { findLikeParts, haveSameParts } from './same-parts.ts'
import { buildZip } from './zip-builder.test-helper.ts'
import { zipFiles } from './zip-files.ts'

const sheet = { name: 'xl/worksheets/sheet1.xml', content: Buffer.from('<worksheet/>') }
const book = { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') }
const saved = (at: string) => ({ name: 'docProps/core.xml', content: Buffer.from(`<created>${at}</created>`) })
const changed = { ...sheet, content: Buffer.from('<worksheet>1</worksheet>') }

const one = await zipFiles([book, sheet, saved('09:00')])
const again = await zipFiles([saved('16:00'), sheet, book])
const other = await zipFiles([book, changed, saved('09:00')])

test('parts in another order, saved at another time, are the same', async () => {
  expect(await haveSameParts(again, one, limits)).toBe(true)
})

test('parts that are packed in another way, or not at all, are the same', async () => {
  const long = { ...sheet, content: randomBytes(700_000) }
  const packed = await Promise.all([1, 9].map(async (level) => zipFiles([book, long], level)))
  const stored = buildZip([
    { name: book.name, data: book.content, stored: true },
    { name: long.name, data: long.content, stored: true },
  ])
  for (const file of [...packed, stored]) expect(await haveSameParts(file, stored, limits)).toBe(true)
  const longer = { ...long, content: Buffer.concat([long.content, Buffer.from('1')]) }
  expect(await haveSameParts(await zipFiles([book, longer]), stored, limits)).toBe(false)
  expect(await haveSameParts(stored, await zipFiles([book, longer]), limits)).toBe(false)
})

test('another content, another name and another number of parts are not the same', async () => {
  const renamed = await zipFiles([book, { ...sheet, name: 'xl/worksheets/sheet2.xml' }])
  const twice = await zipFiles([book, book])
  for (const file of [other, renamed, twice, await zipFiles([book]), await zipFiles([book, sheet, changed])])
    expect([await haveSameParts(file, one, limits), await haveSameParts(one, file, limits)]).toEqual([false, false])
})

test('a file is like the one whose directory names the same checksums', async () => {
  const endings = [other, one].map((file, id) => ({ id, ending: file.subarray(-4_096) }))
  expect(await findLikeParts(again, endings, limits)).toBe(endings[1])
  expect(await findLikeParts(again, endings.slice(0, 1), limits)).toBeUndefined()
})

test('a file that is no zip, or a damaged one, is like no other', async () => {
  const endings = [{ ending: one }]
  expect(await findLikeParts(Buffer.from('a;b\n1;2\n'), endings, limits)).toBeUndefined()
  expect(await findLikeParts(one.subarray(0, -10), endings, limits)).toBeUndefined()
})

test('a file whose checksum is that of another content is the same as none', async () => {
  const forged = Buffer.from(other)
  const place = forged.lastIndexOf(changed.name) - 30
  forged.writeUInt8(forged.readUInt8(place) ^ 1, place)
  expect(await haveSameParts(forged, other, limits)).toBe(false)
})
