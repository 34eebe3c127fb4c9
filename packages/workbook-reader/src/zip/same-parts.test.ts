import { expect, test } from 'vitest'
import { defaultReadingLimits as limits } from '../reading-limits.ts'
import { findLikeParts, hashParts } from './same-parts.ts'
import { zipFiles } from './zip-files.ts'

const sheet = { name: 'xl/worksheets/sheet1.xml', content: Buffer.from('<worksheet/>') }
const book = { name: 'xl/workbook.xml', content: Buffer.from('<workbook/>') }
const saved = (at: string) => ({ name: 'docProps/core.xml', content: Buffer.from(`<created>${at}</created>`) })
const changed = { ...sheet, content: Buffer.from('<worksheet>1</worksheet>') }

const one = await zipFiles([book, sheet, saved('09:00')])
const again = await zipFiles([saved('16:00'), sheet, book])
const other = await zipFiles([book, changed, saved('09:00')])

test('parts in another order, saved at another time, have the same hash', async () => {
  expect(await hashParts(again, limits)).toEqual(await hashParts(one, limits))
})

test('another content has another hash, and so has the same content under another name', async () => {
  const renamed = await zipFiles([book, { ...sheet, name: 'xl/worksheets/sheet2.xml' }])
  const hashes = await Promise.all(
    [one, other, renamed].map(async (file) => Buffer.from((await hashParts(file, limits)) ?? '').toString('hex')),
  )
  expect(new Set(hashes).size).toBe(3)
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

test('a file whose checksum is that of another content has no hash', async () => {
  const forged = Buffer.from(other)
  const place = forged.lastIndexOf(changed.name) - 30
  forged.writeUInt8(forged.readUInt8(place) ^ 1, place)
  expect(await hashParts(forged, limits)).toBeUndefined()
})
