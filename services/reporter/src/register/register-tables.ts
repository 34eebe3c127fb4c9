import type { lateRegister } from '@atermtrack/data'
import { type LateWaybill, toWall, zoneLabel } from '@atermtrack/domain'
import type { lateRegisterTexts } from '@atermtrack/messages'
import { type Sheet, type SheetColumn, tableSheet, type TableValue } from '@atermtrack/workbook-writer'

export type RegisterTexts = (typeof lateRegisterTexts)['ru']
type Waybill = LateWaybill<lateRegister.LateTrip>

/** A row of a report that proves a fact of a trip. */
export interface ProvenRow extends lateRegister.Proof {
  readonly waybill: string | undefined
  /** As spreadsheets count; undefined where the rows of the report are no longer kept. */
  readonly rowNumber: number | undefined
}

export interface RegisterContent {
  readonly late: readonly Waybill[]
  /** Past the norm and not there yet. */
  readonly overdue: readonly Waybill[]
  readonly proofs: readonly ProvenRow[]
  /** Zone of the railway's times. */
  readonly zone: string
  readonly now: Date
}

interface Of<Row> extends SheetColumn {
  readonly value: (row: Row) => TableValue
}

/** The sheets of the register: what was late, what still is on its way, and the rows of reports that prove it. */
export function registerTables(content: RegisterContent, words: RegisterTexts): readonly Sheet[] {
  const { late, overdue, proofs, zone, now } = content
  const label = zoneLabel(zone, now)
  return [
    tableOf(words.sheets.late, waybillColumns(words, zone, label), late),
    ...(overdue.length > 0 ? [tableOf(words.sheets.overdue, overdueColumns(words, zone, label), overdue)] : []),
    tableOf(words.sheets.proofs, proofColumns(words, zone, label), proofs),
  ]
}

function tableOf<Row>(name: string, columns: readonly Of<Row>[], rows: readonly Row[]): Sheet {
  return tableSheet(
    name,
    columns.map(({ header, kind }) => ({ header, kind })),
    rows.map((row) => columns.map(({ value }) => value(row))),
  )
}

function waybillColumns(words: RegisterTexts, zone: string, label: string): readonly Of<Waybill>[] {
  return [
    ...commonColumns(words, zone, label),
    { header: words.arrived(label), kind: 'dateTime', value: ({ arrivedAt }) => arrivedAt && toWall(arrivedAt, zone) },
    daysColumn(words),
    {
      header: words.columns.claimUntil,
      kind: 'date',
      value: ({ claimUntil }) => claimUntil && toWall(claimUntil, zone),
    },
  ]
}

function overdueColumns(words: RegisterTexts, zone: string, label: string): readonly Of<Waybill>[] {
  return [...commonColumns(words, zone, label), daysColumn(words)]
}

function daysColumn({ columns }: RegisterTexts): Of<Waybill> {
  return { header: columns.days, kind: 'integer', value: ({ days }) => days }
}

function commonColumns({ columns, departed }: RegisterTexts, zone: string, label: string): readonly Of<Waybill>[] {
  return [
    { header: columns.waybill, kind: 'text', value: ({ waybill }) => waybill },
    {
      header: columns.containers,
      kind: 'text',
      value: ({ trips }) => trips.map(({ container }) => container).join(', '),
    },
    { header: columns.count, kind: 'integer', value: ({ trips }) => trips.length },
    ofTrips(columns.origin, ({ origin }) => origin),
    ofTrips(columns.destination, ({ destination }) => destination),
    ofTrips(columns.consignor, ({ consignor }) => consignor),
    ofTrips(columns.consignee, ({ consignee }) => consignee),
    {
      header: departed(label),
      kind: 'dateTime',
      value: ({ trips }) => {
        const times = trips.flatMap(({ departedAt }) => (departedAt ? [departedAt.getTime()] : []))
        return times.length === 0 ? undefined : toWall(new Date(Math.min(...times)), zone)
      },
    },
    { header: columns.due, kind: 'date', value: ({ dueAt }) => toWall(dueAt, zone) },
  ]
}

/** A column with a value of the trips of a waybill, each value once: reports may spell a name in several ways. */
function ofTrips(header: string, value: (trip: lateRegister.LateTrip) => string | undefined): Of<Waybill> {
  return {
    header,
    kind: 'text',
    value: ({ trips }) => [...new Set(trips.flatMap((trip) => value(trip) ?? []))].join('; ') || undefined,
  }
}

function proofColumns(
  { columns, facts, received }: RegisterTexts,
  zone: string,
  label: string,
): readonly Of<ProvenRow>[] {
  return [
    { header: columns.waybill, kind: 'text', value: ({ waybill }) => waybill },
    { header: columns.container, kind: 'text', value: ({ container }) => container },
    { header: columns.fact, kind: 'text', value: ({ fact }) => facts[fact] },
    { header: columns.file, kind: 'text', value: ({ fileName }) => fileName },
    { header: columns.sender, kind: 'text', value: ({ sender }) => sender },
    { header: received(label), kind: 'dateTime', value: ({ receivedAt }) => toWall(receivedAt, zone) },
    { header: columns.row, kind: 'integer', value: ({ rowNumber }) => rowNumber },
  ]
}
