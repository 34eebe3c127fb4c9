import { expect, test } from 'vitest'
import { isDatabaseOutage } from './database-outage.ts'

const coded = (code: string) => Object.assign(new Error('failed'), { code })

test.each([
  '08006',
  '57P01',
  '57P03',
  '53300',
  '53100',
  '58030',
  '40P01',
  '55P03',
  '25006',
  'ECONNREFUSED',
  'ETIMEDOUT',
])('%s tells of the database as a whole', (code) => {
  expect(isDatabaseOutage(coded(code))).toBe(true)
})

test.each(['22008', '22021', '23505', '54000', '57014', 'XX000', '57014', 'ENOENT', ''])(
  '%s may be the fault of the data',
  (code) => {
    expect(isDatabaseOutage(coded(code))).toBe(false)
  },
)

test('what the driver says without a code is an outage, anything else is not', () => {
  expect(isDatabaseOutage(new Error('Connection terminated unexpectedly'))).toBe(true)
  expect(isDatabaseOutage(new Error('timeout exceeded when trying to connect'))).toBe(true)
  expect(isDatabaseOutage(new RangeError('Invalid time value'))).toBe(false)
  expect(isDatabaseOutage('no error')).toBe(false)
})
