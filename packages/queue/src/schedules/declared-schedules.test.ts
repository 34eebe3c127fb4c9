import { expect, test } from 'vitest'
import { knownSchedulers, schedulesOf } from './declared-schedules.ts'

const zones = { scheduleZone: 'Asia/Vladivostok', terminalZone: 'Asia/Tokyo' }
const idsOf = (places: readonly string[]) =>
  schedulesOf('ingester', { ...zones, pollMinutes: 20, places }).map(({ id }) => id)

test('a service keeps the schedules of the queues that it works', () => {
  expect(schedulesOf('reporter', zones).map(({ id, rhythm }) => [id, rhythm])).toEqual(
    expect.arrayContaining([
      ['dispatch-due-reports', { pattern: '* * * * *', zone: 'Asia/Vladivostok' }],
      ['housekeeping', { pattern: '30 3 * * *', zone: 'Asia/Vladivostok' }],
    ]),
  )
  expect(schedulesOf('bot', {})).toEqual([])
})

test('places that are not configured are not polled', () => {
  expect(idsOf(['imap'])).toEqual(['poll-mail', 'poll-mail-for-terminal', 'watch-feeds'])
  expect(idsOf(['drop-folder'])).toEqual(['look-into-drop-folder', 'watch-feeds'])
  expect(idsOf([])).toEqual([])
})

test('minutes and zones come from the settings, and one that is missing is an error', () => {
  const [poll, terminal] = schedulesOf('ingester', { ...zones, pollMinutes: 20, places: ['imap'] })
  expect([poll?.rhythm, terminal?.rhythm]).toEqual([
    { everyMs: 1_200_000 },
    { pattern: '30 8 * * *', zone: 'Asia/Tokyo' },
  ])
  expect(() => schedulesOf('ingester', { places: ['imap'] })).toThrow('pollMinutes')
})

test('each scheduler has an id of its own', () => {
  expect(new Set(knownSchedulers).size).toBe(knownSchedulers.length)
})
