import type { PositionView } from '@atermtrack/data'
import { usualColumns, type WallTime } from '@atermtrack/domain'
import { reportTexts as texts } from '@atermtrack/messages'
import { blankFields } from '@atermtrack/testkit'
import { type Sheet, toned } from '@atermtrack/workbook-writer'
import { toReportData } from './report-data.ts'
import type { ReportChanges } from './sheets/changes-sheet.ts'
import { toSheets } from './sheets/report-sheets.ts'

export const zone = 'Europe/Moscow'
export const asOf = new Date('2026-11-22T05:00:00Z')

export function aPositionView(fields: Partial<PositionView>): PositionView {
  return {
    container: 'CSQU3054383',
    asOf,
    confirmedAt: null,
    zone,
    operatedAt: new Date('2026-11-22T03:30:00Z'),
    operatedWall: '2026-11-22T06:30:00' as WallTime,
    operation: 'Проследование',
    operationMnemonic: null,
    station: { name: 'ЗАБАЙКАЛЬСК', code: '947404' },
    roadName: 'ЗАБАЙКАЛЬСКАЯ',
    roadCode: '94',
    origin: { name: 'УГЛОВАЯ', code: '982206' },
    destination: { name: 'СЕЛЯТИНО', code: '181102' },
    ...blankFields,
    waybill: 'ЭФ038927',
    containerType: '45G1',
    arrivedAt: null,
    cargo: 'Мебель',
    trainIndex: '9822+123+1811',
    trainNumber: '2731',
    wagon: '00123456',
    kmTotal: 9_300,
    kmLeft: 1_260,
    loaded: true,
    isAbandoned: false,
    missingSince: null,
    sourceStamp: null,
    sourceHeardAt: null,
    ...fields,
  }
}

export function draw(containers: readonly string[], positions: readonly PositionView[]) {
  return toReportData(containers, positions, { standingAfterMinutes: 1_440, sourceZone: zone })
}

/** The values of a sheet, without their looks. */
export function valuesOf(sheet: Sheet | undefined) {
  return [...(sheet?.rows ?? [])].map(({ cells }) => cells.map((cell) => toned(cell).value))
}

export function byHeader(sheet: Sheet | undefined, row = 0) {
  const values = valuesOf(sheet)[row] ?? []
  return Object.fromEntries((sheet?.columns ?? []).map(({ header }, index) => [header, values[index]]))
}

/** The sheets of an answer: all, whatever needs somebody, the summary. */
export function sheetsOf(data: ReturnType<typeof draw>, more: Partial<typeof facts> = {}) {
  const options = {
    isDaily: false,
    order: 'destination',
    columns: usualColumns,
    changes: undefined,
    movements: [],
  } as const
  return toSheets(data, { ...facts, ...more }, options, texts.ru)
}

export function dailyOf(data: ReturnType<typeof draw>, changes: ReportChanges | undefined) {
  const options = { isDaily: true, order: 'own', columns: usualColumns, changes, movements: [] } as const
  return toSheets(data, facts, options, texts.ru)
}

export const facts = {
  name: 'Новосибирск',
  language: 'ru' as const,
  isPlanned: true,
  zone,
  plannedZone: 'Asia/Vladivostok',
  plannedAt: new Date('2026-11-21T23:00:00Z'),
  notes: [] as readonly string[],
}
