import { expect, test } from 'vitest'
import { pino } from 'pino'
import { JobDelayed } from './errors.ts'
import { retryOutages } from './retry-outages.ts'

const context = { logger: pino({ level: 'silent' }), attempt: 1, signal: new AbortController().signal }
const away = new Error('away')
const isOutage = (error: unknown) => error === away

test('a job that met an outage runs again without counting, any other error is rethrown', async () => {
  const failWith = async (error: Error) => {
    const failing = async () => {
      throw error
    }
    await retryOutages<object>(failing, isOutage)({}, context)
  }
  await expect(failWith(away)).rejects.toBeInstanceOf(JobDelayed)
  await expect(failWith(new Error('a fault of ours'))).rejects.toThrow('a fault of ours')
})
