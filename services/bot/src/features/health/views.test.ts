import type { QueueState } from '@atermtrack/outbox'
import { expect, test } from 'vitest'
import { healthView } from './views.ts'

const now = new Date('2026-11-30T00:00:00Z')
const answers = { state: 'ok', ms: 1 } as const

function linesOf(queue: Partial<QueueState>): readonly string[] {
  const state = { queue: 'send-digests', workedBy: 'reporter', rows: undefined, oldestSince: undefined, scheduled: 1 }
  const schema = { newest: undefined, missing: [] }
  const stored = { now, databaseBytes: 0, schema, services: [], mailboxes: [], sources: [], backup: undefined }
  const servers = { database: answers, redis: answers, telegram: answers }
  const seen = { stored, servers, queues: [{ ...state, jobs: undefined, ...queue }] }
  const { html } = healthView(seen, { language: 'ru', zone: 'Europe/Moscow', staleAfterMinutes: 360 })
  return html.split('\n').filter((line) => line.includes('send-digests'))
}

test('a job that waits for the time of its schedule is no line, and one more is', () => {
  expect(linesOf({ jobs: { waiting: 1, active: 0, failed: 0 } })).toEqual([])
  expect(linesOf({ jobs: { waiting: 2, active: 0, failed: 0 } })).toEqual([
    '🔴 send-digests: ждут 1, никто не разбирает',
  ])
})
