import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createRedactor } from './logger.ts'

const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345'
const redact = createRedactor(['s3cret"\\pass', undefined, 'abc'])

function logged(details: object): string {
  const lines: string[] = []
  const logger = pino({ hooks: { streamWrite: redact } }, { write: (line: string) => void lines.push(line) })
  logger.info(details, 'something happened')
  return lines.join('')
}

test('cuts the token out of addresses, errors and their causes', () => {
  const error = new Error(`request to https://api.telegram.org/bot${token}/sendMessage failed`, {
    cause: new Error(token),
  })
  const line = logged({ err: error, url: `/file/bot${token}/x` })
  expect(line).toContain('[token]')
  expect(line).not.toContain('AAF-')
})

test('cuts secrets out as they are, percent-encoded and escaped in JSON', () => {
  const line = logged({ a: 's3cret"\\pass', b: encodeURIComponent('s3cret"\\pass') })
  expect(line).not.toContain('s3cret')
  expect(JSON.parse(line)).toMatchObject({ a: '[secret]', b: '[secret]' })
})

test('cuts out e-mail addresses, Cyrillic ones too', () => {
  expect(redact('to ivan.p+x@mail.example.ru and почта@пример.рф.')).toBe('to [address] and [address].')
})

test('a secret too short to be one does not blank out words', () => {
  expect(redact('abc')).toBe('abc')
})
