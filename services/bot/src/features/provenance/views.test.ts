import type { Mention } from '@atermtrack/data'
import { expect, test } from 'vitest'
import { aPosition } from '../../testing/a-position.ts'
import { view } from '../../testing/start-test-bot.ts'
import { provenanceView } from './views.ts'

const place = { container: 'MSKU6011672', list: undefined }
const reader = { language: 'ru', settings: view, zone: 'Europe/Moscow' } as const
const none = { origin: undefined, mentions: [], total: 0, page: 0 }

test.each([
  [{ operation: 'Бросание поезда' }, 'означает, что поезд брошен'],
  [{ operation: 'Отставка вагона', isAbandoned: true }, 'контейнер бросили раньше'],
  [{ asOf: new Date('2025-09-05T05:00:00Z') }, 'прошло 3 сут 1 ч, а больше 1 сут значит «стоит»'],
  [
    { station: { name: 'СЕЛЯТИНО', code: '181102' } },
    'это станция назначения, а операция «Отправление со станции» ещё не',
  ],
  [
    { missingSince: new Date('2025-09-02T06:00:00Z') },
    'в отчёте того же отправителя на 02.09.2025 09:00 (МСК) его уже нет',
  ],
])('says why for %j', (fields, reason) => {
  const { html } = provenanceView(place, { ...none, position: aPosition(fields) }, reader)
  expect(html.replaceAll('\u00A0', ' ')).toContain(reason)
})

test('names the station in the letters of its reader', () => {
  const position = aPosition({ station: { name: 'МОГОЧА', code: null } })
  const { html } = provenanceView(place, { ...none, position }, { ...reader, language: 'en' })
  expect(html).toContain('Mogocha')
  expect(html).not.toContain('МОГОЧА')
})

test.each(['ru', 'en'] as const)('fits one message with the longest names that files can have, in %s', (language) => {
  const long = '<&>'.repeat(200)
  const row = (rowNumber: number) => ({
    sheet: long,
    rowNumber,
    says: { kind: 'operation' as const, operation: long, station: long, at: new Date() },
  })
  const rows = Array.from({ length: 500 }, (_, index) => row(1_000_000 + index))
  const mention = {
    id: 1_000_000,
    fileName: long,
    kind: 'dislocation',
    status: 'quarantined',
    reason: 'unproven_sender',
    reasonDetail: long,
    rowCount: 1,
    sheet: long,
    stamp: new Date(),
    zone: 'Europe/Moscow',
    receivedAt: new Date(),
    total: 9,
    rows,
  } as const satisfies Mention
  const position = aPosition({ operation: long, station: { name: long, code: null }, missingSince: new Date() })
  const origin = { id: 1, fileName: long, sheet: long, rowNumber: 1_000_000 }
  const { html } = provenanceView(
    place,
    { position, origin, mentions: [mention, mention, mention, mention], total: 9, page: 1 },
    { ...reader, language },
  )
  const seen = html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt|quot);/g, '.')
  expect(seen.length).toBeLessThanOrEqual(4096)
})
