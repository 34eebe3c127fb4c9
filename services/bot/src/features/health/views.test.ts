import type { StoredHealth } from '@atermtrack/data'
import type { QueueState } from '@atermtrack/outbox'
import { expect, test } from 'vitest'
import { healthView, type SeenHealth } from './views.ts'

type Source = StoredHealth['sources'][number]

const now = new Date('2026-11-30T00:00:00Z')
const answers = { state: 'ok', ms: 1 } as const

function linesOf({ queues = [], sources = [] }: Partial<Pick<SeenHealth, 'queues'> & Pick<StoredHealth, 'sources'>>) {
  const schema = { newest: undefined, missing: [] }
  const stored = { now, databaseBytes: 0, schema, services: [], mailboxes: [], sources, backup: undefined }
  const servers = { database: answers, redis: answers, telegram: answers }
  const seen = { stored, servers, queues }
  const { html } = healthView(seen, { language: 'ru', zone: 'Europe/Moscow', staleAfterMinutes: 360 })
  return html.replaceAll('\u00A0', ' ').split('\n')
}

function queueLines(jobs: QueueState['jobs']): readonly string[] {
  const state = { queue: 'send-digests', workedBy: 'reporter', rows: undefined, oldestSince: undefined, scheduled: 1 }
  return linesOf({ queues: [{ ...state, jobs }] }).filter((line) => line.includes('send-digests'))
}

function sourceOf(kind: Source['kind'], reportNumber: string, stamp: string): Source {
  const facts = { id: 1, confirmedAt: null, rowCount: 1, usualRows: 1, reports: 1 }
  return { ...facts, kind, sender: 'a@rail.example', reportNumber, stamp: new Date(stamp) }
}

test('a job that waits for the time of its schedule is no line, and one more is', () => {
  expect(queueLines({ waiting: 1, active: 0, failed: 0 })).toEqual([])
  expect(queueLines({ waiting: 2, active: 0, failed: 0 })).toEqual(['🔴 send-digests: ждут 1, никто не разбирает'])
})

test('the lists of trains are one line with the newest of them, and hide no other source', () => {
  const trains = Array.from({ length: 12 }, (_, n) =>
    sourceOf('train_roster', `К25-${100 + n}`, `2026-11-${10 + n}T00:00:00Z`),
  )
  const dislocation = sourceOf('dislocation', '103', '2026-11-29T23:00:00Z')
  const lines = linesOf({ sources: [...trains, dislocation] })
  expect(lines.slice(lines.indexOf('<b>Данные</b>') + 1, lines.indexOf('<b>Очереди</b>') - 1)).toEqual([
    '🟢 Дислокация, a@rail.example, №103: 30.11.2026 02:00 (МСК), 1 ч назад',
    '🟢 Списки поездов (12): новый 21.11.2026 03:00 (МСК), 9 сут назад',
  ])
  const [one] = linesOf({ sources: trains.slice(0, 1) }).filter((line) => line.includes('поезд'))
  expect(one).toContain('К25-100')
})
