import { expect, test } from 'vitest'
import { logError } from './log-error.ts'

const row = 'Failing row contains (17, TKRU4471976, ООО «Клиент», +7 914 000-00-00).'

function databaseError(fields: object, message = 'null value in column "stamp" violates not-null constraint'): Error {
  return Object.assign(new Error(message), { name: 'error', severity: 'ERROR', code: '23502', ...fields })
}

test('logs the fault of a PostgreSQL error and leaves the rows out', () => {
  const error = databaseError({
    detail: row,
    where: 'COPY dislocation_row, line 5: "TKRU4471976"',
    internalQuery: 'select 1',
    parameters: ['TKRU4471976'],
    table: 'position',
    column: 'stamp',
  })
  const logged = logError(error)
  expect(logged).toMatchObject({ code: '23502', severity: 'ERROR', table: 'position', column: 'stamp' })
  expect(logged).toMatchObject({
    message: expect.stringContaining('"stamp"'),
    stack: expect.stringContaining('    at '),
  })
  expect(JSON.stringify(logged)).not.toMatch(/TKRU4471976|Клиент|select 1/)
})

test('cuts the refused value out of message and stack, also as the cause of another error', () => {
  const refused = databaseError({ code: '22007' }, 'invalid input syntax for type timestamp: "Иванов, TKRU4471976\n"2"')
  const logged = JSON.stringify(logError(new Error('import failed', { cause: refused })))
  expect(logged).toContain('invalid input syntax for type timestamp: \\"…\\"')
  expect(logged).toContain('import failed')
  expect(logged).not.toContain('TKRU4471976')
})

test('leaves out what libraries hang on their errors', () => {
  const error = Object.assign(new Error('429'), { on: { payload: { text: 'секрет' } }, command: { args: ['секрет'] } })
  expect(JSON.stringify(logError(new AggregateError([error], 'секретов нет')))).not.toContain('секрет"')
  expect(logError(new AggregateError([error], 'all failed'))).toMatchObject({ errors: [{ message: '429' }] })
})

test('an error that is its own cause ends', () => {
  const error = new Error('round')
  error.cause = error
  expect(logError(error)).toMatchObject({ message: expect.stringContaining('round') })
})

test.each(['text', 7, undefined, { code: 1 }])('what is no error stays as it is: %s', (value) => {
  expect(logError(value)).toBe(value)
})
