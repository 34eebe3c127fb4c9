import { expect, test } from 'vitest'
import { readReportRequest } from './read-report-request.ts'

const past = (localDate: string, slot?: string) => ({ kind: 'past', localDate, slot })

test.for([
  ['Пришли как завтра в 09:00', { kind: 'rehearsal' }],
  ['пришли отчёт как завтра', { kind: 'rehearsal' }],
  ['Send as tomorrow at 09:00', { kind: 'rehearsal' }],
  ['отчёт за 12 ноября 09:00', past('2025-11-12', '09:00')],
  ['Отчет за 12.11.2025 в 9:00', past('2025-11-12', '09:00')],
  ['пришли отчёт за вчера', past('2025-11-29')],
  ['report for 12 November 16:00', past('2025-11-12', '16:00')],
  ['отчёт за завтра 09:00', undefined],
  ['отчёт за 12 ноября по Селятино', undefined],
  ['где MSKU6011672', undefined],
  ['что стоит на Забайкальской', undefined],
] as const)('reads «%s»', ([text, expected]) => {
  expect(readReportRequest(text, '2025-11-30')).toEqual(expected)
})
