import type { AttentionEntry } from '@atermtrack/data'
import { expect, test } from 'vitest'
import { entryLines, groupLines } from './entry-lines.ts'

const settings = { standingAfterMinutes: 1_440, staleAfterMinutes: 360, sourceZone: 'Europe/Moscow', freeDays: [] }
const options = { language: 'ru', now: new Date('2026-06-12T09:00:00Z'), settings } as const

function anEntry(reason: string, since: string, container = 'CSQU3054383') {
  return {
    container,
    position: {
      container,
      asOf: new Date('2026-06-10T05:00:00Z'),
      sourceStamp: new Date('2026-06-12T05:00:00Z'),
      zone: 'Europe/Moscow',
      station: { name: 'ЧИТА I', code: '940000' },
      destination: { name: 'ЧЕМСКОЙ', code: '850308' },
    },
    facts: { status: reason, arrival: { kind: 'unknown' } },
    attention: [{ reason, since: new Date(since) }],
    isShown: true,
  } as unknown as AttentionEntry
}

test('the status of a container is not repeated as its reason', () => {
  const lines = entryLines(anEntry('abandoned', '2026-06-09T05:00:00Z'), options)
  expect(lines[0]).toBe('<code>CSQU3054383</code>')
  expect(lines.at(-1)).toBe('🛑 брошен с 9 июня 08:00 (1 сут)')
})

test('a container is missing until the newest report of its source, and not until the one that held it', () => {
  expect(entryLines(anEntry('missing', '2026-06-10T17:00:00Z'), options).at(-1)).toMatch(/\(1 сут 12 ч\)$/)
})

test('a line of a train says since when the first of its containers waits', () => {
  const entries = ['2026-06-09T06:00:00Z', '2026-06-09T05:00:00Z'].map((since) => anEntry('abandoned', since))
  const lines = groupLines({ train: '1640' as never, first: entries[0]!, entries }, options)
  expect(lines[0]).toBe('🚂 <b>Поезд 1640</b>: 2 контейнера')
  expect(lines.at(-1)).toBe('🛑 брошены с 9 июня 08:00 (1 сут)')
})
