/** How a column holds its values: as typed cells of a workbook, or as one of a few words that each language has. */
export type ExportColumnType = 'text' | 'integer' | 'date' | 'moment' | ExportWords | AuditPart

/** A part of an entry of the audit, whose value is JSON that is put into words. */
export type AuditPart = 'auditActor' | 'auditDetails' | 'auditObject' | 'auditOrigin'

/** The lists of words from which a column takes its values. */
export type ExportWords =
  | 'access'
  | 'auditAction'
  | 'channel'
  | 'deliveryKind'
  | 'deliveryStatus'
  | 'eventKind'
  | 'origin'
  | 'role'
  | 'subject'
  | 'tripStatus'
  | 'workbookKind'
  | 'workbookStatus'
  | 'yesNo'

/**
 * The kinds of workbooks that admins may have, and the columns of each in their order. The values stand in `packages/data/src/exports`, the
 * headings in `packages/messages`; the build fails while one of them lacks a column.
 */
export const exportColumns = {
  lookups: {
    askedAt: 'moment',
    person: 'text',
    username: 'text',
    company: 'text',
    containers: 'text',
    wagons: 'text',
    waybills: 'text',
    mistyped: 'text',
    found: 'integer',
  },
  subscriptions: {
    number: 'integer',
    createdAt: 'moment',
    person: 'text',
    username: 'text',
    company: 'text',
    name: 'text',
    subject: 'subject',
    subjectText: 'text',
    containers: 'integer',
    slots: 'text',
    zone: 'text',
    nextDueAt: 'moment',
    pausedAt: 'moment',
    deletedAt: 'moment',
  },
  people: {
    createdAt: 'moment',
    telegramId: 'text',
    person: 'text',
    username: 'text',
    access: 'access',
    role: 'role',
    company: 'text',
    zone: 'text',
    decidedAt: 'moment',
    subscriptions: 'integer',
    lastAskedAt: 'moment',
    unreachableSince: 'moment',
  },
  deliveries: {
    createdAt: 'moment',
    finishedAt: 'moment',
    channel: 'channel',
    kind: 'deliveryKind',
    status: 'deliveryStatus',
    person: 'text',
    address: 'text',
    what: 'text',
    attempts: 'integer',
    error: 'text',
  },
  imports: {
    receivedAt: 'moment',
    finishedAt: 'moment',
    fileName: 'text',
    origin: 'origin',
    sender: 'text',
    kind: 'workbookKind',
    status: 'workbookStatus',
    reason: 'text',
    stamp: 'moment',
    rows: 'integer',
    skipped: 'integer',
    newContainers: 'integer',
    size: 'integer',
  },
  positions: {
    container: 'text',
    operatedAt: 'moment',
    operation: 'text',
    station: 'text',
    road: 'text',
    origin: 'text',
    destination: 'text',
    kmLeft: 'integer',
    train: 'text',
    wagon: 'text',
    waybill: 'text',
    consignor: 'text',
    consignee: 'text',
    cargo: 'text',
    startedAt: 'moment',
    arrivedAt: 'moment',
    dueAt: 'date',
    isAbandoned: 'yesNo',
    isLive: 'yesNo',
  },
  movements: {
    container: 'text',
    operatedAt: 'moment',
    operation: 'text',
    station: 'text',
    road: 'text',
    kmLeft: 'integer',
    train: 'text',
    wagon: 'text',
    waybill: 'text',
    fileName: 'text',
  },
  trips: {
    container: 'text',
    status: 'tripStatus',
    startedAt: 'moment',
    origin: 'text',
    destination: 'text',
    departedAt: 'moment',
    arrivedAt: 'moment',
    unloadedAt: 'moment',
    dueAt: 'date',
    km: 'integer',
    waybill: 'text',
    consignor: 'text',
    consignee: 'text',
  },
  trains: {
    train: 'text',
    sentAt: 'moment',
    trainDestination: 'text',
    transshipment: 'text',
    container: 'text',
    wagon: 'text',
    waybill: 'text',
    type: 'text',
    weightKg: 'integer',
    client: 'text',
    destination: 'text',
  },
  stock: {
    container: 'text',
    terminal: 'text',
    arrivedAt: 'moment',
    dispatchedAt: 'moment',
    onSite: 'yesNo',
    direction: 'text',
    stock: 'text',
    size: 'text',
    client: 'text',
    inn: 'text',
    condition: 'text',
  },
  events: {
    happenedAt: 'moment',
    detectedAt: 'moment',
    kind: 'eventKind',
    container: 'text',
    station: 'text',
    train: 'text',
    fileName: 'text',
  },
  audit: {
    createdAt: 'moment',
    actor: 'auditActor',
    action: 'auditAction',
    code: 'text',
    object: 'auditObject',
    details: 'auditDetails',
    origin: 'auditOrigin',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, ExportColumnType>>>>

export type ExportKind = keyof typeof exportColumns
/** The columns of a kind. */
export type ExportColumn<Kind extends ExportKind> = keyof (typeof exportColumns)[Kind]

export const exportKinds: readonly ExportKind[] = Object.keys(exportColumns) as ExportKind[]

const ofTheRailway: ReadonlySet<ExportKind> = new Set(['positions', 'movements', 'trips', 'trains', 'stock', 'events'])

/** The railway's facts stand in its own zone, as in every report; what people do stands in the zone of the reader. */
export function isOfTheRailway(kind: ExportKind): boolean {
  return ofTheRailway.has(kind)
}

export function isExportKind(text: string): text is ExportKind {
  return Object.hasOwn(exportColumns, text)
}
