import { reportTexts as texts } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { clientColumns, forClient } from './for-client.ts'
import { toReportData } from './report-data.ts'
import { aPositionView, asOf, valuesOf, zone } from './report.test-helper.ts'
import { toSheets } from './sheets/report-sheets.ts'

const secrets = /ООО|Ромашка|00123456|2731|ЭФ038927|9822|Мебель|брошен|Брош|нет в отчёте|не найден|опозд/i

test('a workbook for a client holds one sheet of what a client needs, and none of our own affairs', () => {
  const positions = [
    aPositionView({ consignee: 'ООО «Ромашка»', deliveryDueAt: new Date('2026-11-01T00:00:00Z') }),
    aPositionView({ container: 'MSKU6011672', operation: 'Бросание поезда (92)', isAbandoned: true }),
    aPositionView({ container: 'TKRU4471976', missingSince: asOf, sourceStamp: asOf }),
  ]
  const containers = [...positions.map(({ container }) => container), 'ZZZU0000000']
  const data = forClient(toReportData(containers, positions, { standingAfterMinutes: 1_440, sourceZone: zone }))
  const sheets = toSheets(
    data,
    { name: undefined, language: 'ru', isPlanned: false, zone, plannedZone: zone, plannedAt: asOf, notes: [] },
    { isDaily: false, isForClient: true, order: 'own', columns: clientColumns, changes: undefined, movements: [] },
    texts.ru,
  )
  expect(sheets).toHaveLength(1)
  const [sheet] = sheets
  const values = valuesOf(sheet)
  expect(values.map(([container]) => container)).toEqual(['CSQU3054383', 'MSKU6011672', 'TKRU4471976'])
  expect(JSON.stringify({ values, lines: sheet?.lines, legend: sheet?.legend })).not.toMatch(secrets)
  expect(sheet?.columns.map(({ header }) => header).join()).not.toMatch(
    /Клиент|Вагон|Поезд|Накладная|Срок|Примечание|Простой/,
  )
  expect(JSON.stringify(values)).toContain('Селятино')
})
