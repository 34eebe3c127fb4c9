import type { Cell } from '@atermtrack/domain'
import { containerNumber, wagonNumber } from './identifiers.ts'
import { vladivostokCell } from './wall-clock.ts'
import { xlsx, type SheetSource } from './xlsx.ts'

/** One stay of a container at the terminal, as its report shows it. */
export interface TerminalVisit {
  readonly container: string
  readonly clientTaxId: string
  readonly clientShort: string
  readonly client: string
  readonly stock: string
  readonly regime: string
  readonly direction: string
  readonly type: string
  readonly size: string
  readonly grossKg: number
  readonly condition: string
  readonly cargo: string
  readonly arrivedAt: Date
  readonly arrivalId: number
  readonly arrivalTransport: string
  readonly arrivalVehicle: string
  readonly arrivalOrigin: string
  /** A visit without a dispatch is on site. */
  readonly dispatch?: TerminalDispatch
  readonly note?: string
}

export interface TerminalDispatch {
  readonly at: Date
  readonly id: number
  readonly transport: string
  readonly vehicle: string
  readonly destination: string
}

/** The six sheets of the daily report by their name's prefix. */
export type TerminalSheet = 'Arrival' | 'Dispatch' | 'Empty' | 'Damaged' | 'Loaded' | 'Customs'

export interface TerminalReportOptions {
  readonly visits: readonly TerminalVisit[]
  readonly stamp?: Date
  /** The daily report's six sheets, or the one sheet of the full dump. */
  readonly shape?: 'daily' | 'dump'
}

const DAY_MS = 86_400_000
const DEFAULT_STAMP = new Date('2025-09-01T22:25:00Z')
const SHEETS: readonly TerminalSheet[] = ['Arrival', 'Dispatch', 'Empty', 'Damaged', 'Loaded', 'Customs']

const VALID_VISIT: TerminalVisit = {
  container: containerNumber(0),
  clientTaxId: '2500000017',
  clientShort: 'СНЕЖНЫЙ МЫС',
  client: 'ООО "Снежный Мыс"',
  stock: 'Отправка по жд Сток 1',
  regime: 'внутренняя',
  direction: 'Селятино',
  type: '45G1',
  size: '40 HC',
  grossKg: 26_575,
  condition: 'Без повреждений',
  cargo: 'Груженый',
  arrivedAt: new Date('2025-09-01T03:00:00Z'),
  arrivalId: 500_001,
  arrivalTransport: 'Автотягач',
  arrivalVehicle: 'А582ВС25',
  arrivalOrigin: 'Водителев В.В.',
}

/** A valid visit that is on site, `fields` laid over it. */
export function aTerminalVisit(fields: Partial<TerminalVisit> = {}): TerminalVisit {
  return { ...VALID_VISIT, ...fields }
}

/** A dispatch by rail to Селятино, `fields` laid over it. */
export function aTerminalDispatch(fields: Partial<TerminalDispatch> = {}): TerminalDispatch {
  return {
    at: new Date('2025-09-01T12:00:00Z'),
    id: 700_001,
    transport: 'Платформа фитинговая',
    vehicle: wagonNumber(0),
    destination: 'Селятино',
    ...fields,
  }
}

/** A terminal report (.xlsx) of the visits as they are known at `stamp`. */
export function aTerminalReport({
  visits,
  stamp = DEFAULT_STAMP,
  shape = 'daily',
}: TerminalReportOptions): Promise<Buffer> {
  if (shape === 'dump') return xlsx([terminalSheet('Containers', visits, 'Принят')])
  const sheets = terminalSheets(visits, stamp)
  return xlsx(SHEETS.map((name) => terminalSheet(name, sheets[name], 'Прибыл')))
}

/** Which visits each sheet of the daily report of `stamp` lists; a visit can stand in several. */
export function terminalSheets(
  visits: readonly TerminalVisit[],
  stamp: Date,
): Readonly<Record<TerminalSheet, readonly TerminalVisit[]>> {
  const onSite = visits.filter((visit) => visit.dispatch === undefined)
  const sound = onSite.filter((visit) => visit.condition !== 'Поврежден')
  return {
    Arrival: visits.filter((visit) => isWithinLastDay(visit.arrivedAt, stamp)),
    Dispatch: visits.filter((visit) => visit.dispatch !== undefined && isWithinLastDay(visit.dispatch.at, stamp)),
    Empty: sound.filter((visit) => visit.cargo === 'Порожний'),
    Damaged: onSite.filter((visit) => visit.condition === 'Поврежден'),
    Loaded: sound.filter((visit) => visit.cargo !== 'Порожний'),
    Customs: onSite.filter((visit) => visit.regime === 'импорт'),
  }
}

function isWithinLastDay(instant: Date, stamp: Date): boolean {
  const ageMs = stamp.getTime() - instant.getTime()
  return ageMs >= 0 && ageMs < DAY_MS
}

function terminalSheet(prefix: string, visits: readonly TerminalVisit[], arrivalLabel: string): SheetSource {
  const teu = visits.reduce((sum, visit) => sum + (/^4[05]/.test(visit.size) ? 2 : 1), 0)
  return {
    name: `${prefix} (${String(visits.length)} - ${String(teu)} TEU)`,
    rows: [headerCells(arrivalLabel), ...visits.map(visitCells)],
  }
}

function headerCells(arrivalLabel: string): readonly string[] {
  const transport = ['Id', 'Транспорт', 'Номер вагона | Номер тягача', 'Станция | Водитель']
  return [
    '№',
    'Терминал',
    'Зона',
    'Контейнер',
    'ИНН',
    'Краткое наименование',
    'Клиент',
    'Сток',
    'Таможенный режим',
    'Направление',
    'Тип',
    'Размер',
    'Грузоподъёмность',
    'Тара',
    'Год изготовления',
    'Брутто клиента',
    'Брутто терминала',
    'Состояние',
    'Груз',
    'Температура',
    'Пломбы',
    arrivalLabel,
    ...transport,
    'Номер заказа',
    'Отправлен',
    ...transport,
    'Релиз',
    'Перевозчик',
    'Менеджер',
    'Примечание',
  ]
}

function visitCells(visit: TerminalVisit, index: number): readonly Cell[] {
  const { dispatch, arrivalId } = visit
  return [
    index + 1,
    'A-Terminal',
    zoneOf(arrivalId),
    visit.container,
    // The terminal's system keeps ИНН as a number, so a leading zero is lost.
    Number(visit.clientTaxId),
    visit.clientShort,
    visit.client,
    visit.stock,
    visit.regime,
    visit.direction,
    visit.type,
    visit.size,
    28_700,
    3_800,
    2004 + (arrivalId % 20),
    visit.grossKg,
    visit.grossKg + (arrivalId % 200) - 100,
    visit.condition,
    visit.cargo,
    undefined,
    sealsOf(arrivalId),
    vladivostokCell(visit.arrivedAt),
    arrivalId,
    visit.arrivalTransport,
    visit.arrivalVehicle,
    visit.arrivalOrigin,
    `З-${String(arrivalId)}`,
    dispatch && vladivostokCell(dispatch.at),
    dispatch?.id,
    dispatch?.transport,
    dispatch && Number(dispatch.vehicle),
    dispatch?.destination,
    `R${String(arrivalId)}`,
    'ООО «Автоперевоз»',
    'Менеджеров М.М.',
    visit.note,
  ]
}

function zoneOf(id: number): string {
  return `A · ${String((id % 40) + 1)}-${String(id % 7)} · ${String(id % 4)}`
}

/** Every seventh container carries three seals, listed over two lines of one cell. */
function sealsOf(id: number): string {
  const seal = String(1_000_000 + (id % 1_000_000))
  return id % 7 === 0 ? `${seal}, 2${seal}\n3${seal}` : seal
}
