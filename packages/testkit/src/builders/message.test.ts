import { expect, test } from 'vitest'
import { aMessage } from './message.ts'

test('a message carries its attachment whole, in lines of 76 characters with CRLF', () => {
  const content = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 256))
  const message = aMessage({ attachments: [{ fileName: 'КП К25-101 Селятино.xlsx', content }] }).toString('latin1')
  const part = message.split(/\r\n--[^\r\n]+\r\n/).find((text) => text.includes('attachment'))!
  expect(decodeURIComponent(/filename\*=utf-8''(\S+)/.exec(part)![1]!)).toBe('КП К25-101 Селятино.xlsx')
  const lines = part.slice(part.indexOf('\r\n\r\n') + 4).split('\r\n')
  expect(Math.max(...lines.map((line) => line.length))).toBe(76)
  expect(Buffer.from(lines.join(''), 'base64').equals(content)).toBe(true)
  expect(message.replaceAll('\r\n', '')).not.toContain('\n')
})

test('a long Russian subject is cut into encoded words between characters', () => {
  const subject = 'Отчёт слежения TrackerBot №103 о дислокации контейнеров за сутки'
  const head = aMessage({ subject }).toString('latin1').split('\r\n\r\n')[0]!
  const words = [...head.matchAll(/=\?utf-8\?B\?([^?]+)\?=/g)].map((match) => match[1]!)
  expect(words.length).toBeGreaterThan(1)
  expect(words.map((word) => Buffer.from(word, 'base64').toString('utf8')).join('')).toBe(subject)
})

test('a raw header replaces ours, byte for byte', () => {
  const raw = Buffer.from([0xc4, 0xe8, 0xf1, 0xeb]).toString('latin1')
  const message = aMessage({ rawHeaders: [`Subject: ${raw}`] })
  expect(message.includes(Buffer.from([0x3a, 0x20, 0xc4, 0xe8, 0xf1, 0xeb, 0x0d, 0x0a]))).toBe(true)
  expect(message.toString('latin1').match(/^Subject:/gm)).toHaveLength(1)
})
