import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createRedactor, pinoOptions } from './logger.ts'

const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345'
const secrets = ['s3cret"\\pass', undefined, 'abc']
const redact = createRedactor(secrets)

function logged(details: object): string {
  const lines: string[] = []
  const options = pinoOptions({ service: 'test', level: 'info', secrets })
  const logger = pino(options, { write: (line: string) => void lines.push(line) })
  logger.child({ queue: 'import' }).info(details, 'something happened')
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

test('writes no data that an error carries, in a child logger either', () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (number)=(TKRU4471976) exists.',
  })
  expect(logged({ err: error })).toContain('"code":"23505"')
  expect(logged({ err: error })).not.toContain('TKRU4471976')
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

test.each([
  'at Parser.parse (/app/node_modules/.pnpm/pg-protocol@1.10.3/node_modules/pg-protocol/dist/parser.js:3:9)',
  'at run (/app/node_modules/.pnpm/kysely@0.28.18/node_modules/kysely/dist/esm/index.js:1:1)',
  'at f (/app/node_modules/.pnpm/@zone-eu+mailauth@4.8.0_x@1.0.0-rc.1/node_modules/a.js:1:1)',
  'at g (file:///app/node_modules/.pnpm/telegraf@4.16.3_encoding@0.1.13/node_modules/telegraf/lib/a.js:1:1)',
])('leaves the packages of a stack trace whole: %s', (line) => {
  expect(redact(line)).toBe(line)
})

test('an address at a domain with numbers is cut out all the same', () => {
  expect(redact('a@1.2.3.4 b@1.example.com c@10.20.ru d@163.com')).toBe('[address] [address] [address] [address]')
})

test('a word of a megabyte costs no more than its length', () => {
  const word = 'x'.repeat(1_000_000)
  expect(redact(word)).toBe(word)
})
