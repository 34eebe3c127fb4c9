import { type ColumnKind, dislocationFields, dislocationHeading, fieldOfReport } from '@atermtrack/domain'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { escapeXml, zipFiles } from '@atermtrack/workbook-reader/package'
import type { DigestRequest } from '../workbook-digest.ts'
import { digestWorkbook } from './digest-workbook.ts'

/** As many as make the engine compile what reads a cell; more would take the processor from others at the start. */
const rowCount = 1_500

const samples: Readonly<Record<ColumnKind, string>> = {
  text: 'Отправление вагона со станции (2)',
  identifier: '04182738',
  waybill: 'ЭФ000001',
  wagon: '54001234',
  trainNumber: '2001',
  inn: '7707083893',
  year: '2019',
  amount: '1 234',
  kilograms: '24500',
  idleMinutes: '01:02:03',
  idleDays: '1',
  yesNo: 'Да',
  instant: '02.09.2025 06:30',
  pastInstant: '01.09.2025 06:30',
  station: 'СЕЛЯТИНО (181102)',
  road: 'МОСКОВСКАЯ (17)',
}

/** Reads an invented report, as large as it takes for the code that reads reports to be compiled. */
export async function warmUp(): Promise<void> {
  const request: DigestRequest = {
    fileName: 'Отчёт.xlsx',
    sourceZone: 'Europe/Moscow',
    terminalZone: 'Asia/Vladivostok',
    receivedAt: new Date('2025-09-02T08:00:00Z'),
    profiles: [],
    limits: defaultReadingSettings,
  }
  await digestWorkbook(await inventReport(), request, () => undefined)
}

async function inventReport(): Promise<Uint8Array> {
  const values = dislocationFields.map((field) =>
    field === 'container' ? 'CSQU3054383' : samples[fieldOfReport(field).reads],
  )
  const strings = [...dislocationFields.map(dislocationHeading), ...values]
  const rowOf = (first: number) => values.map((_, place) => `<c t="s"><v>${first + place}</v></c>`).join('')
  const rows = [rowOf(0), ...Array.from({ length: rowCount }, () => rowOf(values.length))]
  const files = {
    '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': '<workbook><sheets><sheet name="Отчёт" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${relation}/worksheet" Target="worksheets/sheet1.xml"/>
      <Relationship Id="r2" Type="${relation}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si><t>${escapeXml(text)}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.map((cells) => `<row>${cells}</row>`).join('')}</sheetData></worksheet>`,
  }
  return zipFiles(Object.entries(files).map(([name, content]) => ({ name, content: Buffer.from(content) })))
}

const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
