import type { Sandbox, SeenMessage } from '@atermtrack/sandbox'
import { moscowText } from '@atermtrack/testkit'
import ExcelJS from 'exceljs'
import type { ReportedContainer, WeekReport } from './railway.ts'

/** A row of a report, as far as the simulation knows it. */
export interface ReportRow {
  readonly container: string
  readonly station: string
  readonly operation: string
  readonly operatedAt: string
  readonly destination: string
  readonly wagon: string
  readonly waybill: string
}

const headings = {
  container: 'Контейнер',
  station: 'Станция операции',
  operation: 'Операция',
  operatedAt: 'Дата операции (МСК)',
  destination: 'Куда',
  wagon: 'Вагон',
  waybill: 'Накладная',
} as const satisfies Record<keyof ReportRow, string>

/** The rows of the containers of a report as the newest report that names each of them has them, by container. */
export function rowsAfter(reports: readonly WeekReport[], containers: readonly string[]): readonly ReportRow[] {
  const newest = new Map<string, ReportedContainer>()
  for (const report of reports.toSorted((a, b) => +a.stamp - +b.stamp)) {
    for (const one of report.containers) newest.set(one.container, one)
  }
  return containers.toSorted().map((container) => {
    const known = newest.get(container)
    const last = known?.operations.at(-1)
    if (!known || !last) return { container, ...nothing }
    return {
      container,
      station: bare(last.station),
      operation: bare(last.operation),
      operatedAt: moscowText(last.at),
      destination: bare(known.destination),
      wagon: last.wagon,
      waybill: known.waybill,
    }
  })
}

const nothing = { station: '', operation: '', operatedAt: '', destination: '', wagon: '', waybill: '' }

/** `СЕЛЯТИНО (181102)` → `СЕЛЯТИНО` */
function bare(text: string): string {
  return text.replace(/ \(\d+\)$/, '')
}

/** Reads the rows of the sheet of all containers from a document in a chat, by container. */
export async function readRows(sandbox: Sandbox, { document }: SeenMessage): Promise<readonly ReportRow[]> {
  const file = document && sandbox.file(document.file_id)
  if (!file) throw new Error('the report cannot be downloaded')
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(new Uint8Array(file.bytes).buffer)
  const sheet = workbook.getWorksheet('Все')
  if (!sheet) throw new Error('the report has no sheet of all containers')
  let places: Readonly<Record<string, number>> | undefined
  const rows: ReportRow[] = []
  sheet.eachRow((row) => {
    const texts = new Map<string, number>()
    row.eachCell((cell, place) => texts.set(cell.text.trim(), place))
    if (!places) {
      if (texts.has(headings.container)) places = Object.fromEntries(texts)
      return
    }
    const known = places
    const read = (key: keyof ReportRow) => textOfCell(row.getCell(known[headings[key]] ?? 1))
    if (!/^[A-Z]{4}\d{7}$/.test(read('container'))) return
    rows.push({
      container: read('container'),
      station: read('station').toUpperCase(),
      operation: bare(read('operation')),
      operatedAt: read('operatedAt'),
      destination: read('destination').toUpperCase(),
      wagon: read('wagon'),
      waybill: read('waybill'),
    })
  })
  return rows.toSorted((a, b) => (a.container < b.container ? -1 : 1))
}

/** A date as `dd.mm.yyyy HH:MM`: a workbook has wall times. */
function textOfCell({ value, text }: ExcelJS.Cell): string {
  if (!(value instanceof Date)) return text
  const [year, month, day, hour, minute] = value.toISOString().split(/[-T:]/)
  return `${String(day)}.${String(month)}.${String(year)} ${String(hour)}:${String(minute)}`
}
