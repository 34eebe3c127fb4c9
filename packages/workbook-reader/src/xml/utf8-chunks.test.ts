import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { toUtf8 } from './utf8-chunks.ts'

const inChunks = async function* (bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test.each([4, 5, 7, 64])('decodes characters cut by the border of chunks of %s bytes', async (size) => {
  const text = '\uFEFF<a>Же 😀</a>'
  const decoded = await buffer(toUtf8(inChunks(Buffer.from(text, 'utf16le'), size)))
  expect(decoded.toString()).toBe(text.slice(1))
})

test('refuses an encoding nobody knows', async () => {
  const bytes = Buffer.from('<?xml version="1.0" encoding="klingon"?><a/>')
  await expect(buffer(toUtf8(inChunks(bytes, 100)))).rejects.toMatchObject({ reason: 'damaged' })
})
