import type { ColumnKind, ColumnValues } from '../cells/column-kinds.ts'

interface FieldOfTerminalReport {
  /** The terminal's own heading stands first, other spellings follow; a repeated one says which of the two it is. */
  readonly headings: readonly [string, ...string[]]
  /** The type of its cells. `moment` becomes a wall time and an instant; `note` flows over into unnamed columns. */
  readonly reads: ColumnKind | 'moment' | 'note'
  readonly required?: true
  /** Headings like these together occur in no other kind of workbook. */
  readonly telling?: true
  /** `terminal_visit` has a column of this name, which holds the value as text. */
  readonly stored?: true
}

/**
 * The columns of a terminal report. The visit, the parser, the search for the header and the merge of visits derive from this
 * table. All values of a report are kept with its visit (`terminal_visit.fields`); a new column is one line here.
 */
export const terminalTable = {
  terminal: { headings: ['Терминал'], reads: 'text', telling: true, stored: true },
  zoneName: { headings: ['Зона'], reads: 'text', telling: true },
  container: {
    headings: ['Контейнер', 'Номер контейнера', '№ контейнера'],
    reads: 'text',
    required: true,
    telling: true,
  },
  inn: { headings: ['ИНН'], reads: 'inn', stored: true },
  shortName: { headings: ['Краткое наименование'], reads: 'text' },
  client: { headings: ['Клиент'], reads: 'text' },
  stock: { headings: ['Сток'], reads: 'text', telling: true, stored: true },
  customsMode: { headings: ['Таможенный режим'], reads: 'text' },
  direction: { headings: ['Направление'], reads: 'text', telling: true, stored: true },
  type: { headings: ['Тип'], reads: 'text' },
  size: { headings: ['Размер'], reads: 'text', stored: true },
  capacityKg: { headings: ['Грузоподъёмность'], reads: 'kilograms' },
  tareKg: { headings: ['Тара'], reads: 'kilograms' },
  year: { headings: ['Год изготовления'], reads: 'year' },
  grossClientKg: { headings: ['Брутто клиента'], reads: 'kilograms' },
  grossTerminalKg: { headings: ['Брутто терминала'], reads: 'kilograms' },
  condition: { headings: ['Состояние'], reads: 'text', stored: true },
  cargo: { headings: ['Груз'], reads: 'text' },
  temperature: { headings: ['Температура'], reads: 'text' },
  seals: { headings: ['Пломбы'], reads: 'text' },
  arrivedAt: { headings: ['Прибыл', 'Принят'], reads: 'moment', required: true, telling: true },
  arrivalId: { headings: ['Id (прибытие)'], reads: 'identifier' },
  arrivalTransport: { headings: ['Транспорт (прибытие)'], reads: 'text' },
  arrivalVehicle: { headings: ['Номер вагона | Номер тягача (прибытие)'], reads: 'identifier' },
  arrivalFrom: { headings: ['Станция | Водитель (прибытие)'], reads: 'text' },
  order: { headings: ['Номер заказа'], reads: 'identifier' },
  dispatchedAt: { headings: ['Отправлен'], reads: 'moment' },
  dispatchId: { headings: ['Id (отправление)'], reads: 'identifier' },
  dispatchTransport: { headings: ['Транспорт (отправление)'], reads: 'text' },
  dispatchVehicle: { headings: ['Номер вагона | Номер тягача (отправление)'], reads: 'identifier' },
  dispatchTo: { headings: ['Станция | Водитель (отправление)'], reads: 'text' },
  release: { headings: ['Релиз'], reads: 'identifier' },
  carrier: { headings: ['Перевозчик'], reads: 'text' },
  manager: { headings: ['Менеджер'], reads: 'text' },
  note: { headings: ['Примечание'], reads: 'note' },
} as const satisfies Readonly<Record<string, FieldOfTerminalReport>>

type Table = typeof terminalTable

/** The field that a column of the report holds. */
export type TerminalField = keyof Table

type Reads<F extends TerminalField> = Table[F]['reads']

/** A field whose cell is the value; the container, the two moments and the note have readers of their own. */
export type VisitField = {
  [F in TerminalField]: F extends 'container' ? never : Reads<F> extends ColumnKind ? F : never
}[TerminalField]

/** The values of the fields as they are read; undefined where the cell is blank or unreadable. */
export type VisitValues = { readonly [F in VisitField]: ColumnValues[Reads<F> & ColumnKind] | undefined }

export const terminalFields = Object.keys(terminalTable) as readonly TerminalField[]

/** The description of a field, without the types of the single ones. */
export function fieldOfTerminalReport(field: TerminalField): FieldOfTerminalReport {
  return terminalTable[field]
}

export const visitFields = terminalFields.filter(
  (field): field is VisitField =>
    field !== 'container' && !['moment', 'note'].includes(fieldOfTerminalReport(field).reads),
)

/** The terminal's heading of a column, for messages about it; a repeated one says which of the two it is. */
export function terminalHeading(field: TerminalField): string {
  return terminalTable[field].headings[0]
}
