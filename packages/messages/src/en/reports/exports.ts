import { bold } from '../../format/html.ts'
import { plainHeadings } from '../../format/plain-headings.ts'
import type { exports as ru } from '../../ru/reports/exports.ts'
import { audit } from '../admin/audit.ts'
import { events } from '../notices/events.ts'
import { workbookNotices } from '../notices/workbook.ts'
import { latinZone, number } from '../words.ts'

const person = 'Person'
const username = 'Telegram name'
const company = 'Company'
const container = 'Container'
const station = 'Station'
const road = 'Railway'
const operation = 'Operation'
const train = 'Train'
const wagon = 'Wagon'
const waybill = 'Waybill'
const origin = 'Station of departure'
const destination = 'Destination station'
const consignor = 'Consignor'
const consignee = 'Consignee'
const fileName = 'File'
const status = 'Status'
const kind = 'Kind'

const columns: (typeof ru)['columns'] = {
  lookups: {
    askedAt: 'Asked at',
    person,
    username,
    company,
    containers: 'Containers',
    wagons: 'Wagons',
    waybills: 'Waybills',
    mistyped: 'Mistyped',
    found: 'Found',
  },
  subscriptions: {
    number: 'No.',
    createdAt: 'Created',
    person,
    username,
    company,
    name: 'Name',
    subject: 'About',
    subjectText: 'Details',
    containers: 'Containers',
    slots: 'Hours of reports',
    zone: 'Time zone',
    nextDueAt: 'Next report',
    pausedAt: 'Paused since',
    deletedAt: 'Deleted',
  },
  people: {
    createdAt: 'First message',
    telegramId: 'Telegram id',
    person,
    username,
    access: 'Access',
    role: 'Role',
    company,
    zone: 'Time zone',
    decidedAt: 'Access decided',
    subscriptions: 'Subscriptions',
    lastAskedAt: 'Last question',
    unreachableSince: 'Bot blocked since',
  },
  deliveries: {
    createdAt: 'Written',
    finishedAt: 'Finished',
    channel: 'Channel',
    kind,
    status,
    person: 'To',
    address: 'Address or chat',
    what: 'What',
    attempts: 'Attempts',
    error: 'Error',
  },
  imports: {
    receivedAt: 'Received',
    finishedAt: 'Read',
    fileName,
    origin: 'Came by',
    sender: 'Sender',
    kind,
    status,
    reason: 'Reason',
    stamp: 'Data as of',
    rows: 'Rows',
    skipped: 'Rows skipped',
    newContainers: 'New containers',
    size: 'Size, bytes',
  },
  positions: {
    container,
    operatedAt: 'Time of operation',
    operation,
    station,
    road,
    origin,
    destination,
    kmLeft: 'Left, km',
    train,
    wagon,
    waybill,
    consignor,
    consignee,
    cargo: 'Cargo',
    startedAt: 'Trip began',
    arrivedAt: 'Arrived',
    dueAt: 'Delivery norm',
    isAbandoned: 'Train held en route',
    isLive: 'In the reports',
  },
  movements: {
    container,
    operatedAt: 'Time of operation',
    operation,
    station,
    road,
    kmLeft: 'Left, km',
    train,
    wagon,
    waybill,
    fileName,
  },
  trips: {
    container,
    status,
    startedAt: 'Trip began',
    origin,
    destination,
    departedAt: 'Departed',
    arrivedAt: 'Arrived',
    unloadedAt: 'Unloaded',
    dueAt: 'Delivery norm',
    km: 'Distance, km',
    waybill,
    consignor,
    consignee,
  },
  trains: {
    train,
    sentAt: 'List sent',
    trainDestination: 'Train goes to',
    transshipment: 'Transshipment station',
    container,
    wagon,
    waybill,
    type: 'Type',
    weightKg: 'Weight, kg',
    client: 'Client',
    destination: 'Container goes to',
  },
  stock: {
    container,
    terminal: 'Terminal',
    arrivedAt: 'Accepted',
    dispatchedAt: 'Dispatched',
    onSite: 'On site',
    direction: 'Direction',
    stock: 'Stock',
    size: 'Size',
    client: 'Client',
    inn: 'INN',
    condition: 'Condition',
  },
  events: {
    happenedAt: 'Happened',
    detectedAt: 'Became known',
    kind: 'Event',
    container,
    station,
    train,
    fileName,
  },
  audit: {
    createdAt: 'When',
    actor: person,
    action: 'Action',
    code: 'Code of the action',
    object: 'Object',
    details: 'Details',
    origin: 'From',
  },
}

const { dislocation, terminal_report, train_roster } = workbookNotices

const words: (typeof ru)['words'] = {
  access: { none: 'has not asked', requested: 'asks', granted: 'granted', denied: 'declined' },
  auditAction: audit.actions,
  channel: { telegram: 'Telegram', email: 'e-mail' },
  deliveryKind: { answer: 'answer', alert: 'alert', report: 'report', broadcast: 'broadcast', code: 'code' },
  deliveryStatus: {
    pending: 'waits',
    retry: 'tried again soon',
    sending: 'leaving',
    sent: 'sent',
    failed: 'not sent',
    blocked: 'not taken',
    unknown: 'unknown',
    cancelled: 'cancelled',
  },
  eventKind: plainHeadings(events.kinds),
  origin: { mail: 'mail', drop_folder: 'folder', telegram: 'Telegram' },
  role: { admin: 'admin', operator: 'operator', viewer: 'viewer' },
  subject: {
    containers: 'containers',
    train: 'train',
    company: 'company',
    client: 'client',
    destination: 'destination station',
    question: 'question',
  },
  tripStatus: {
    at_origin: 'at the origin',
    en_route: 'en route',
    abandoned: 'train held en route',
    at_destination: 'arrived',
    unloaded: 'unloaded',
  },
  workbookKind: { dislocation, terminal_report, train_roster },
  workbookStatus: {
    pending: 'in line',
    imported: 'accepted',
    history_only: 'accepted as history',
    duplicate: 'duplicate',
    held: 'held',
    quarantined: 'waits for a decision',
    refused: 'rejected',
  },
  yesNo: { true: 'yes', false: 'no' },
}

export const exports: typeof ru = {
  command: 'Exports to Excel',
  kinds: {
    lookups: 'Look-ups',
    subscriptions: 'Subscriptions',
    people: 'People',
    deliveries: 'Deliveries',
    imports: 'Imports',
    positions: 'Positions',
    movements: 'Movements',
    trips: 'Trips',
    trains: 'Trains',
    stock: 'Terminal stock',
    events: 'Events',
    audit: 'Audit',
  },
  columns,
  words,
  periods: {
    today: 'Today',
    yesterday: 'Yesterday',
    week: '7 days',
    month: '30 days',
    this_month: 'This month',
    last_month: 'Last month',
    all: 'All time',
  },
  intro: '📤 <b>Export to Excel</b>\nWhat do you want to export?',
  askPeriod: (what) => `📤 ${bold(what)}\nFor which days?`,
  ownDates: '✏️ My own dates',
  askDates: (what) =>
    `📤 ${bold(what)}\nWrite the days: <code>01.11.2026 – 15.11.2026</code>, one day <code>05.11</code> or a month <code>11.2026</code>. To leave: /cancel`,
  badDates: {
    unreadable: (what) =>
      `I do not understand “${what}”. Write it like this: <code>01.11.2026 – 15.11.2026</code>. To leave: /cancel`,
    no_such_day: (what) => `There is no day “${what}” in the calendar. Write another one. To leave: /cancel`,
    reversed: (from, until) =>
      `The first day (${from}) is after the last one (${until}). Write them the other way round. To leave: /cancel`,
    future: (from) => `${from} has not come yet. Write days that have. To leave: /cancel`,
  },
  back: '‹ Back',
  preparing: 'I am preparing it and will send it here',
  title: (what) => `Export: ${what}`,
  days: (from, until) => {
    if (from === undefined && until === undefined) return 'all time'
    if (from === undefined) return `until ${until}`
    if (until === undefined) return `since ${from}`
    return from === until ? from : `${from} – ${until}`
  },
  times: (zone) => `Days and times: ${latinZone(zone)}`,
  rows: (count) => `${number(count)} ${count === 1 ? 'row' : 'rows'}`,
  part: (n, of) => `part ${n} of ${of}`,
  fileTitle: 'Export',
}
