import { expect, test } from 'vitest'
import { isOutage } from './outage.ts'

const coded = (code: string) => Object.assign(new Error('as the driver says'), { code })

test.each([
  'ECONNREFUSED',
  'ETIMEDOUT',
  '57P01',
  '57P03',
  '53100',
  '53300',
  '08006',
  '55P03',
  '40P01',
  '25P03',
  '25006',
  '58030',
])('%s passes', (code) => {
  expect(isOutage(coded(code))).toBe(true)
  expect(isOutage(new Error('import failed', { cause: coded(code) }))).toBe(true)
  expect(isOutage(new AggregateError([coded(code)], 'all addresses failed'))).toBe(true)
})

test.each([
  'Connection terminated unexpectedly',
  'Query read timeout',
  'redis is out of reach (end)',
  'Command timed out',
])('«%s» passes', (message) => {
  expect(isOutage(new Error(message))).toBe(true)
})

test.each(['22007', '22008', '22021', '23505', '42501', '54000', '57014', 'XX000', 'ENOENT', 'EACCES', ''])(
  '%s stays',
  (code) => {
    expect(isOutage(coded(code))).toBe(false)
  },
)

test('an error of our own stays, and one that is its own cause ends', () => {
  const error = new Error('a row without a number')
  error.cause = error
  expect(isOutage(error)).toBe(false)
  expect(isOutage('text')).toBe(false)
})
