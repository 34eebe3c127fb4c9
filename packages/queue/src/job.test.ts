import { expect, test } from 'vitest'
import { sendTelegram } from './contracts.ts'
import { jobOptions, toJob } from './job.ts'

test('a job of a row that has waited carries the trace of the row, as the worker reads it', () => {
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const options = (given: { readonly trace?: string }) => jobOptions(toJob(sendTelegram, { deliveryId: 1 }, given))
  expect(options({ trace }).telemetry).toEqual({ metadata: `{"traceparent":"${trace}"}` })
  expect(options({})).not.toHaveProperty('telemetry')
})
