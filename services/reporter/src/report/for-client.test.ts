import type { ContainerLinks } from '@atermtrack/data'
import { reportTexts as texts } from '@atermtrack/messages'
import { expect, test } from 'vitest'
import { clientColumns, forClient } from './for-client.ts'
import { countKnown, toReportData } from './report-data.ts'
import { aPositionView, asOf, valuesOf, zone } from './report.test-helper.ts'
import { toSheets } from './sheets/report-sheets.ts'

const secrets = /ООО|Ромашка|00123456|2731|ЭФ038927|9822|Мебель|брошен|Брош|нет в отчёте|не найден|опозд/i

test('a workbook for a client holds one sheet of what a client needs, and none of our own affairs', () => {
  const positions = [
    aPositionView({ consignee: 'ООО «Ромашка»', deliveryDueAt: new Date('2026-11-01T00:00:00Z') }),
    aPositionView({ container: 'MSKU6011672', operation: 'Бросание поезда (92)', isAbandoned: true }),
    aPositionView({ container: 'TKRU4471976', missingSince: asOf, sourceStamp: asOf }),
  ]
  const containers = [...positions.map(({ container }) => container), 'ZZZU0000000', 'ZZZU0000001', 'ZZZU0000002']
  const read = toReportData(containers, positions, { standingAfterMinutes: 1_440, sourceZone: zone })
  const visit = { terminal: 'A-Terminal', direction: 'СЕЛЯТИНО', stock: 'Сток 1', client: 'ООО «Ромашка»' }
  const dated = { arrivedWall: null, asOf: new Date('2026-11-21T22:30:00Z'), zone: null }
  const stay = {
    ...visit,
    ...dated,
    size: '40 HC',
    isLoaded: null,
    isAtCustoms: true,
    isDamaged: true,
    arrivedAt: null,
  }
  const links: readonly ContainerLinks[] = [
    { container: 'ZZZU0000000', stay: { ...stay, reportedAt: asOf }, train: undefined },
    {
      container: 'ZZZU0000001',
      stay: undefined,
      departure: { ...visit, ...dated, leftWall: null, by: { kind: 'truck' } },
      train: undefined,
    },
  ]
  const data = forClient(read, new Map(links.map((one) => [one.container, one])))
  const sheets = toSheets(
    data,
    { name: undefined, language: 'ru', isPlanned: false, zone, plannedZone: zone, plannedAt: asOf, notes: [] },
    { isDaily: false, isForClient: true, order: 'own', columns: clientColumns, changes: undefined, movements: [] },
    texts.ru,
  )
  expect(sheets).toHaveLength(1)
  const [sheet] = sheets
  const values = valuesOf(sheet)
  const numbers = values.map(([container]) => container)
  expect(numbers).toEqual(['CSQU3054383', 'MSKU6011672', 'TKRU4471976', 'ZZZU0000000', 'ZZZU0000001'])
  expect(values.slice(3).map(([, status, station]) => [status, station])).toEqual([
    ['на терминале', 'A-Terminal'],
    ['вывезен с терминала автомобилем', 'A-Terminal'],
  ])
  expect(countKnown(data)).toBe(5)
  expect(JSON.stringify({ values, lines: sheet?.lines, legend: sheet?.legend })).not.toMatch(secrets)
  expect(sheet?.columns.map(({ header }) => header).join()).not.toMatch(
    /Клиент|Вагон|Поезд|Накладная|Срок|Примечание|Простой/,
  )
  expect(JSON.stringify(values)).toContain('Селятино')
})
