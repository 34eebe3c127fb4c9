import { describe, expect, test } from 'vitest'
import { createFrameParser, encodeMessage, encodePart, readMessage } from './frames.ts'

const message = {
  at: new Date('2025-09-02T05:00:00Z'),
  files: [{ content: Buffer.from('abc') }, { content: new Uint8Array(0) }],
  nothing: undefined,
  text: 'Отчёт',
}
const received = {
  ...message,
  files: [{ content: new Uint8Array([97, 98, 99]) }, { content: new Uint8Array(0) }],
}

function parse(bytes: Uint8Array, step: number) {
  const messages: unknown[] = []
  const parts: number[] = []
  const parser = createFrameParser({ part: (piece) => parts.push(...piece), message: (each) => messages.push(each) })
  for (let at = 0; at < bytes.length; at += step) parser(bytes.subarray(at, at + step))
  return { messages, parts }
}

describe('frames', () => {
  test.for([1, 2, 7, 100_000])('arrive whole when a stream is cut every %i bytes', (step) => {
    const stream = Buffer.concat([
      ...encodePart(Buffer.from([1, 2, 3])),
      ...encodeMessage(message),
      ...encodePart(Buffer.from([4])),
      ...encodeMessage('end'),
    ])
    expect(parse(stream, step)).toEqual({ messages: [received, 'end'], parts: [1, 2, 3, 4] })
  })

  test('carry bytes that are part of a larger buffer, and only these', () => {
    const content = Buffer.from('xabcx').subarray(1, 4)
    expect(parse(Buffer.concat(encodeMessage({ content })), 5).messages).toEqual([
      { content: new Uint8Array([97, 98, 99]) },
    ])
  })

  test('are read by a side that waits for each buffer', () => {
    const stream = Buffer.concat(encodeMessage(message))
    const reading = readMessage()
    let at = 0
    let next = reading.next()
    for (; !next.done; next = reading.next()) {
      next.value.set(stream.subarray(at, at + next.value.length))
      at += next.value.length
    }
    expect(next.value).toEqual(received)
    expect(at).toBe(stream.length)
  })
})
