import { describe, expect, test } from 'vitest'
import type { ReportRow } from '../report/report-data.ts'
import { composeAnnotationCaption } from './caption.ts'
import type { AnnotationSummary } from './summary.ts'

const summary: AnnotationSummary = {
  found: 3,
  rows: ['en_route', 'en_route', 'abandoned'].map((status) => ({ status, shown: status }) as ReportRow),
  unknown: [],
  mistyped: [],
  sheets: ['Лист1'],
  asOf: new Date('2026-11-22T05:00:00Z'),
  confirmedAt: undefined,
}
const options = {
  language: 'ru',
  zone: 'Europe/Moscow',
  warnings: [],
  losses: [],
  files: [],
  skipped: [],
  bareColumns: [],
} as const

describe('the caption of a completed workbook', () => {
  test('counts by status and says how fresh that is', () => {
    expect(composeAnnotationCaption(summary, options).split('\n')).toEqual([
      '<b>Найдено 3 из 3 контейнеров</b>',
      'Данные на 22.11.2026 08:00 (МСК)',
      '• в пути — 2',
      '• брошен — 1',
    ])
  })

  test('names the first numbers that were not found, escaped', () => {
    const unknown = Array.from({ length: 7 }, (_, n) => `MSKU000000${n}`)
    const caption = composeAnnotationCaption({ ...summary, unknown, mistyped: ['<MSKU>'] }, options)
    expect(caption).toContain('<b>Найдено 3 из 11 контейнеров</b>')
    expect(caption).toContain(
      '🟨 Не найдены (7): MSKU0000000, MSKU0000001, MSKU0000002, MSKU0000003, MSKU0000004 и ещё 2',
    )
    expect(caption).toContain('🟥 С опечаткой (1): &lt;MSKU&gt;')
  })

  test('says when nothing is known, which sheets were completed, and what could not be kept', () => {
    const nothing = { ...summary, found: 0, rows: [], unknown: ['MSKU6011672'], sheets: ['А', 'Б & В'] }
    const caption = composeAnnotationCaption(nothing, {
      ...options,
      language: 'en',
      losses: ['⚠️ Not <all> could be kept.'],
    })
    expect(caption).toContain('<b>Our reports hold none of the containers in this file</b>')
    expect(caption).toContain('⚠️ Not &lt;all&gt; could be kept.')
    expect(caption).toContain('Sheets: А, Б &amp; В')
  })

  test('names the files of an archive, and those that could not be completed with the reason', () => {
    const files = ['а.xlsx', 'б & в.xlsx', 'г.csv', 'д.csv']
    const caption = composeAnnotationCaption(
      { ...summary, sheets: ['1', '2'] },
      { ...options, files, skipped: ['е.pdf — это не таблица'] },
    )
    expect(caption.split('\n').slice(-2)).toEqual([
      'Файлы: а.xlsx, б &amp; в.xlsx, г.csv и ещё 1',
      'Не дополнены: е.pdf — это не таблица',
    ])
  })

  test('stays within the limit of Telegram, whatever people type', () => {
    const long = Array.from({ length: 9 }, (_, n) => `${n}${'&'.repeat(120)}`)
    const caption = composeAnnotationCaption({ ...summary, unknown: long, mistyped: long, sheets: long }, options)
    expect(caption.length).toBeLessThanOrEqual(1_024)
    expect(caption).toContain('Найдено 3 из 21')
  })
})
