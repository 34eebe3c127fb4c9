import { expect, test } from 'vitest'
import { readableLogLine } from './log-lines.ts'

const record = { level: 'info', time: '2026-03-01T10:20:30.456Z', service: 'bot', msg: 'update handled' }

test('a record becomes time, level, service, message and fields', () => {
  const line = readableLogLine(JSON.stringify({ ...record, updateId: 7, chat: 'a b' }), { service: 'bot' })
  expect(line).toMatch(/^\d\d:\d\d:30 INFO {2}bot {7}update handled updateId=7 chat="a b"$/)
})

test('an error shows its message, and where it came from when the level is error', () => {
  const err = { type: 'Error', message: 'no route', stack: 'Error: no route\n    at send (x.js:1:2)' }
  const error = readableLogLine(JSON.stringify({ ...record, level: 'error', err }), { service: 'bot' })
  expect(error).toContain('err="no route"\n    at send (x.js:1:2)')
  const warning = readableLogLine(JSON.stringify({ ...record, level: 'warn', err }), { service: 'bot' })
  expect(warning).not.toContain('x.js')
})

test.each(['plain words', '{"half": ', '{"json": "of another kind"}', '{"level":"loud","time":"now"}'])(
  'a line that is no record passes as it is: %s',
  (line) => {
    expect(readableLogLine(line, { service: 'reporter', atLeast: 'error' })).toMatch(new RegExp(`reporter  ${line}$`))
  },
)

test('records below the wanted level are left out', () => {
  expect(readableLogLine(JSON.stringify(record), { service: 'bot', atLeast: 'warn' })).toBeUndefined()
  expect(
    readableLogLine(JSON.stringify({ ...record, level: 'warn' }), { service: 'bot', atLeast: 'warn' }),
  ).toBeDefined()
})

test('colours are there only when asked for', () => {
  expect(readableLogLine(JSON.stringify(record), { service: 'bot' })).not.toContain('\u001B')
  expect(readableLogLine(JSON.stringify(record), { service: 'bot', colour: true })).toContain('\u001B')
})
