import type { GroupFacts, PersonFacts, SubscriptionSubject } from '@atermtrack/domain'
import { type Selectable, sql } from 'kysely'
import { factColumns } from '../people/access/allowed-people.ts'
import { receivesMail } from '../people/email-addresses.ts'
import { languageColumns, languageOf } from '../people/person-language.ts'
import type { Report } from '../schema.generated.ts'

/** The columns of a report that its building needs, without the company of a register: the reader has a company as well. */
export const waitingColumns = [
  'report.id',
  'report.kind',
  'report.personId',
  'report.chatId',
  'report.threadId',
  'report.subscriptionId',
  'report.name',
  'report.containers',
  'report.trainCode',
  'report.localDate',
  'report.slot',
  'report.plannedAt',
  'report.late',
  'report.attempts',
  'report.stateAt',
  'report.targetId',
  'report.isUnsent',
  'report.isForClient',
] as const

/** The columns of the reader (`person`) and of their subscription, beside `isCompanyRemoved`. */
export const readerColumns = [
  ...languageColumns,
  ...factColumns,
  'subscription.zone as zone',
  'subscription.subject',
  'subscription.subjectText',
  'subscription.companyId as subjectCompanyId',
  'subscription.leavesAfterDays',
  'subscription.reportsEmpty',
] as const

/** Ids of the addresses of a `person` that a report goes to, the oldest first. */
export const receivingAddresses = sql<number[]>`array(
  select id from email_address where person_id = person.id and ${receivesMail} order by id)`

type WaitingRow = Pick<
  Selectable<Report>,
  | 'id'
  | 'kind'
  | 'personId'
  | 'chatId'
  | 'threadId'
  | 'subscriptionId'
  | 'name'
  | 'containers'
  | 'trainCode'
  | 'localDate'
  | 'companyId'
  | 'slot'
  | 'plannedAt'
  | 'late'
  | 'attempts'
  | 'stateAt'
  | 'targetId'
  | 'isUnsent'
  | 'isForClient'
> & { readonly now: Date }

interface ReaderRow extends PersonFacts {
  readonly language: string
  readonly chosenLanguage: string | null
  readonly emailAddressIds: readonly number[]
  readonly zone: string | null
  readonly subject: SubscriptionSubject | null
  readonly subjectText: string | null
  readonly subjectCompanyId: number | null
  readonly leavesAfterDays: number | null
  readonly reportsEmpty: boolean | null
}

/** A report that is to be built, with its reader. `group` is undefined for a report that goes to its reader alone. */
export type WaitingReport = ReturnType<typeof toWaitingReport>

export function toWaitingReport(row: WaitingRow, reader: ReaderRow, group: GroupFacts | undefined) {
  return {
    ...row,
    threadId: row.threadId ?? undefined,
    name: row.name ?? undefined,
    trainCode: row.trainCode ?? undefined,
    localDate: row.localDate ?? undefined,
    companyId: row.companyId ?? undefined,
    slot: row.slot ?? undefined,
    language: languageOf(reader),
    // Another reader gets it in their chat alone, as does who rehearses.
    emailAddressIds: row.targetId === null && row.kind !== 'rehearsal' ? reader.emailAddressIds : [],
    stateAt: row.stateAt ?? undefined,
    /** Set for a report that goes to another reader than the owner of its subscription. */
    targetId: row.targetId ?? undefined,
    /** The subject and the choices of its subscription; undefined for a report of none. */
    subscription: subscriptionOf(row.subscriptionId, reader),
    zone: reader.zone ?? undefined,
    reader,
    group,
  }
}

function subscriptionOf(id: number | null, reader: ReaderRow) {
  const { subject, subjectText, subjectCompanyId: companyId, leavesAfterDays, zone } = reader
  if (id === null || subject === null || zone === null) return undefined
  return { id, subject, subjectText, companyId, leavesAfterDays, zone, reportsEmpty: reader.reportsEmpty !== false }
}
