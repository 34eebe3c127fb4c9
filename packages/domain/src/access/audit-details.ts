/**
 * The details of entries in the audit as they are stored, each with the form of its value, in the order in which people read them. A detail that means something else in the entries of one
 * thing or change has that before its name. Stored names never change.
 */
export const auditDetails = {
  name: 'text',
  role: 'role',
  companyId: 'company',
  inn: 'text',
  subscriptionId: 'named',
  changes: 'subscriptionChanges',
  reason: 'reason',
  'workbook.from': 'workbookStatus',
  'export.from': 'day',
  'export.until': 'day',
  from: 'text',
  to: 'text',
  'containers_moved.to': 'text',
  containers: 'count',
  numbers: 'list',
  total: 'count',
  recipients: 'count',
  sent: 'count',
  addresses: 'list',
  audience: 'audience',
  blocked: 'any',
  bytes: 'bytes',
  cancelled: 'any',
  channel: 'channel',
  clients: 'list',
  columns: 'count',
  count: 'count',
  createdAt: 'moment',
  deleted: 'count',
  deliveryId: 'hidden',
  due: 'count',
  eventKinds: 'eventKinds',
  failed: 'any',
  file: 'text',
  held: 'any',
  hours: 'hours',
  isSilent: 'yesNo',
  job: 'text',
  jobs: 'count',
  kept: 'any',
  lists: 'count',
  messages: 'count',
  method: 'method',
  people: 'any',
  rows: 'count',
  sendAt: 'moment',
  station: 'station',
  threadId: 'any',
  trains: 'list',
  unknown: 'any',
  with: 'named',
  workbookId: 'named',
  seconds: 'count',
  zone: 'zone',
} as const
/** A detail, under its name or under that of a thing or change and its own. */
export type AuditDetail = keyof typeof auditDetails
export type AuditDetailForm = (typeof auditDetails)[AuditDetail]
/** The name under which a detail is stored. */
export type AuditDetailName = AuditDetail extends infer Detail
  ? Detail extends `${string}.${infer Name}`
    ? Name
    : Detail
  : never

/** What a stored detail of an action is; undefined for one that only a later release knows. */
export function auditDetailOf(action: string, name: string): AuditDetail | undefined {
  const [thing = '', change = ''] = action.split('.')
  return [`${change}.${name}`, `${thing}.${name}`, name].find((one) => Object.hasOwn(auditDetails, one)) as
    | AuditDetail
    | undefined
}

/** What an entry of the audit is about: the part of its object before the number or the name. */
export const auditThings = [
  'backup',
  'broadcast',
  'chat',
  'company',
  'delivery',
  'export',
  'group',
  'mail',
  'mail_list',
  'person',
  'queue',
  'report',
  'setting',
  'subscription',
  'train',
  'workbook',
] as const
export type AuditThing = (typeof auditThings)[number]

/** The parts of a stored object, such as `person:7`; undefined for a thing that only a later release knows. */
export function auditThingOf(object: string): { readonly thing: AuditThing; readonly id: string } | undefined {
  const [, name = object, id = ''] = /^([^:]*):(.*)$/s.exec(object) ?? []
  const thing = auditThings.find((one) => one === name)
  return thing && { thing, id }
}
