import type { AlertEvent, WallTime } from '@atermtrack/domain'
import { expect, test } from 'vitest'
import { view } from '../../../testing/start-test-bot.ts'
import { historyView } from './history.ts'

const container = 'MSKU6011672'
const [came, left] = [new Date('2025-08-28T00:00:00Z'), new Date('2025-09-01T08:00:00Z')]
const moment = { zone: 'Asia/Vladivostok', terminal: 'A-Terminal', by: undefined }

function anEvent(kind: AlertEvent['kind'], happenedAt: Date): AlertEvent {
  const nowhere = { tripId: null, stationId: null, trainNumber: null, trainIndex: null, details: {} }
  return { id: 1, kind, container, happenedAt, ...nowhere }
}

test('a history says once that a container came to a terminal and left it', () => {
  const page = {
    rows: [],
    page: 0,
    pages: 1,
    others: 0,
    events: [anEvent('left_terminal', left), anEvent('free_days_end', left), anEvent('came_to_terminal', came)],
    moments: [{ ...moment, kind: 'left', at: left, wall: '2025-09-01T18:00:00' as WallTime } as const],
  }
  const options = { language: 'ru', now: left, settings: view, freshness: '' } as const
  const lines = historyView({ container }, page, options).split('\n')
  // No terminal says the arrival here, so its event stays.
  expect(lines.filter((line) => line.startsWith('•'))).toEqual([
    '• 1 сентября 11:00 💰 Кончаются бесплатные дни на терминале',
    '• 1 сентября 11:00 🏗 Ушёл с терминала A-Terminal',
    '• 28 августа 03:00 🏗 Приём на терминал',
  ])
})
