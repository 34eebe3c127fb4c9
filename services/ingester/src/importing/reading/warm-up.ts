import {
  type ColumnKind,
  containerCheckDigit,
  dislocationFields,
  dislocationHeading,
  fieldOfReport,
} from '@atermtrack/domain'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { escapeXml, zipFiles } from '@atermtrack/workbook-reader/package'
import type { DigestRequest } from '../workbook-digest.ts'
import { digestWorkbook } from './digest-workbook.ts'

// Half a second of the processor: with half as many rows, the first file takes twice as long as the next ones.
const rowCount = 1_000
const rounds = 4
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export const request: DigestRequest = {
  fileName: 'Отчёт.xlsx',
  sourceZone: 'Europe/Moscow',
  terminalZone: 'Asia/Vladivostok',
  receivedAt: new Date('2025-09-04T08:00:00Z'),
  isRoster: false,
  profiles: [],
  limits: defaultReadingSettings,
}

/** Texts as they stand in reports; `n` makes those differ that differ from row to row there. */
const samples: Readonly<Record<ColumnKind, (n: number) => string | number>> = {
  text: (n) => `Отправление вагона со станции (${n % 40})`,
  identifier: (n) => String(4_182_738 + (n % 30)),
  waybill: (n) => `ЭФ${String(n).padStart(6, '0')}`,
  wagon: (n) => String(54_000_000 + n),
  trainNumber: (n) => String(2_000 + (n % 50)),
  inn: () => '7707083893',
  year: () => 2_019,
  amount: (n) => (n * 7) % 9_000,
  kilograms: (n) => 20_000 + (n % 300),
  idleMinutes: (n) => `0${n % 9}:02:03`,
  idleDays: (n) => n % 9,
  yesNo: (n) => (n % 3 === 0 ? 'Нет' : 'Да'),
  instant: (n) => `02.09.2025 ${timeOf(n)}`,
  pastInstant: (n) => `01.09.2025 ${timeOf(n)}`,
  station: (n) => `СЕЛЯТИНО (${181_102 + (n % 25)})`,
  road: (n) => `МОСКОВСКАЯ (${17 + (n % 10)})`,
}

/** Reads invented reports, as much as it takes for the code that reads reports to be compiled. */
export async function warmUp(): Promise<void> {
  const report = await inventReport()
  for (let round = 0; round < rounds; round += 1) await digestWorkbook(report, request, () => undefined)
}

export async function inventReport(): Promise<Uint8Array> {
  const strings = new Map<string, number>()
  const rows = [dislocationFields.map(dislocationHeading), ...Array.from({ length: rowCount }, (_, n) => rowOf(n))]
  const sheet = rows.map((cells, n) => rowXml(cells, n + 1, strings)).join('')
  const texts = [...strings.keys()].map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')
  const files = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns:r="${relations}"><sheets><sheet name="Отчёт" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${sheet}</sheetData></worksheet>`,
  }
  return zipFiles(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })))
}

function rowOf(n: number): readonly (string | number)[] {
  const number = `CSQU${String(300_000 + n)}`
  return dislocationFields.map((field) =>
    field === 'container' ? `${number}${containerCheckDigit(number)}` : samples[fieldOfReport(field).reads](n),
  )
}

function rowXml(cells: readonly (string | number)[], row: number, strings: Map<string, number>): string {
  const xml = cells.map((cell, column) => {
    const at = `r="${columnName(column)}${row}" s="1"`
    if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`
    const place = strings.get(cell) ?? strings.size
    strings.set(cell, place)
    return `<c ${at} t="s"><v>${place}</v></c>`
  })
  return `<row r="${row}">${xml.join('')}</row>`
}

function columnName(column: number): string {
  const last = String.fromCharCode(65 + (column % 26))
  return column < 26 ? last : `${columnName(Math.floor(column / 26) - 1)}${last}`
}

function relation(id: number, type: string, target: string): string {
  return `<Relationship Id="r${id}" Type="${relations}/${type}" Target="${target}"/>`
}

function timeOf(n: number): string {
  return `${String(n % 24).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`
}
