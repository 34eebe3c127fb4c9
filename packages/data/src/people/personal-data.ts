import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { type Addressee, deliveriesTo, isUpdateOf, telegramIdOf } from './personal-data-subject.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

export { erase } from './personal-data-erasure.ts'

/** How much is stored about a person. */
export interface PersonalDataCounts {
  readonly subscriptions: number
  readonly questions: number
  readonly reports: number
  readonly deliveries: number
  readonly documents: number
  readonly messages: number
  readonly emailAddresses: number
  /** Entries of the record of who did what: they stay. */
  readonly actions: number
}

export async function count(db: Db, personId: number): Promise<PersonalDataCounts> {
  const telegramId = await telegramIdOf(db, personId)
  const rows = (from: RawBuilder<unknown>) => sql<number>`(select count(*) from ${from})`
  const columns = {
    subscriptions: rows(sql`subscription where person_id = ${personId} and deleted_at is null`),
    questions: rows(sql`lookup where person_id = ${personId}`),
    reports: rows(sql`report where person_id = ${personId}`),
    deliveries: rows(sql`${deliveriesTo({ personId, telegramId })} as mine`),
    documents: rows(sql`incoming_document where person_id = ${personId}`),
    messages: rows(sql`telegram_update where ${isUpdateOf(telegramId)}`),
    emailAddresses: rows(sql`email_address where person_id = ${personId}`),
    actions: rows(sql`audit where actor_id = ${personId}`),
  }
  const row = await selectRow(db, columns, (list) => sql`select ${list}`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/**
 * Everything that is stored about a person, under names that they can read. Deliveries are listed by their particulars: the
 * messages themselves are in the person's chat, and workbooks of reports hold nothing personal.
 */
export async function collect(db: Db, personId: number) {
  const { telegramId, company, settings, access, ...profile } = await describePerson(db, personId)
  const mine = { personId, telegramId }
  return {
    profile: { ...profile, telegramId },
    settings,
    access: { ...access, company },
    email: await listEmailAddresses(db, personId),
    subscriptions: await listSubscriptions(db, personId),
    questions: await listQuestions(db, personId),
    notUnderstood: await listNotUnderstood(db, personId),
    activeDays: await listActiveDays(db, personId),
    reports: await listReports(db, personId),
    deliveries: await listDeliveries(db, mine),
    filesSent: await listDocuments(db, personId),
    messages: await listMessages(db, telegramId),
    openDialogs: await listDialogs(db, personId),
    broadcasts: await listBroadcasts(db, personId),
    groups: await listGroups(db, personId),
    alerts: await listAlerts(db, personId),
    attention: await listMarks(db, personId),
    actions: await listActions(db, mine.personId),
  }
}

async function describePerson(db: Db, personId: number) {
  const row = await db
    .selectFrom('person')
    .leftJoin('company', 'company.id', 'person.companyId')
    .selectAll('person')
    .select('company.name as company')
    .where('person.id', '=', personId)
    .executeTakeFirstOrThrow()
  const {
    accessRequestedAt,
    accessDecidedAt,
    accessDecidedBy: _admin,
    companyId: _number,
    erasedAt: _never,
    ...rest
  } = row
  const {
    chosenLanguage,
    zone,
    quietFrom,
    quietUntil,
    hiddenCardParts,
    holdsAlerts,
    role,
    access,
    accessAbout,
    ...profile
  } = rest
  return {
    ...profile,
    settings: { chosenLanguage, zone, quietFrom, quietUntil, hiddenCardParts, holdsAlerts },
    access: {
      decision: access,
      role,
      about: accessAbout,
      requestedAt: accessRequestedAt,
      decidedAt: accessDecidedAt,
    },
  }
}

/** Messages about events. */
async function listAlerts(db: Db, personId: number) {
  return db
    .selectFrom('alert')
    .select(['form', 'kind', 'openedAt', 'reportedAt'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Containers that the person has taken in hand, put off or written about. */
async function listMarks(db: Db, personId: number) {
  return db
    .selectFrom('attentionMark')
    .select(['container', 'takenAt', 'laterUntil', 'changedAt'])
    .select((eb) => eb.case().when('noteBy', '=', personId).then(eb.ref('note')).end().as('note'))
    .where((eb) => eb.or([eb('takenBy', '=', personId), eb('noteBy', '=', personId), eb('hiddenBy', '=', personId)]))
    .orderBy('container')
    .execute()
}

/** Groups that the person has brought the bot into. */
async function listGroups(db: Db, personId: number) {
  return db
    .selectFrom('chatGroup')
    .select(['title', 'createdAt'])
    .where('addedBy', '=', personId)
    .orderBy('id')
    .execute()
}

async function listEmailAddresses(db: Db, personId: number) {
  return db
    .selectFrom('emailAddress')
    .select(['address', 'name', 'verifiedAt', 'bouncedAt', 'unsubscribedAt', 'createdAt'])
    .where('personId', '=', personId)
    .execute()
}

async function listSubscriptions(db: Db, personId: number) {
  return db
    .selectFrom('subscription')
    .select(['name', 'subject', 'subjectText', 'slots', 'weekdays', 'zone', 'nextDueAt', 'isWatchList'])
    .select(['onlyChanges', 'reportsEmpty', 'pausedAt', 'pausedUntil', 'rowOrder', 'columns', 'leavesAfterDays'])
    .select(['eventKinds', 'eventTiming', 'digestSlots', 'createdAt', 'deletedAt'])
    .select(
      sql`(select coalesce(jsonb_agg(jsonb_build_object('container', container, 'note', note, 'orderNumber', order_number,
          'leftAt', left_at) order by place), '[]')
        from subscription_item as item where item.subscription_id = subscription.id)`.as('items'),
    )
    .select(
      sql`(select jsonb_build_object('fileName', file_name, 'storedAt', stored_at)
        from subscription_template where subscription_id = subscription.id)`.as('template'),
    )
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

async function listQuestions(db: Db, personId: number) {
  return db
    .selectFrom('lookup')
    .select(['createdAt as askedAt', 'containers', 'wagons', 'waybills', 'mistyped', 'found'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Messages that the bot could not make anything of. */
async function listNotUnderstood(db: Db, personId: number) {
  return db
    .selectFrom('notUnderstood')
    .select(['askedAt', 'text'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Days on which the person wrote or pressed anything, for the number of people. */
async function listActiveDays(db: Db, personId: number) {
  return db.selectFrom('personDay').select('day').where('personId', '=', personId).orderBy('day').execute()
}

async function listReports(db: Db, personId: number) {
  return db
    .selectFrom('report')
    .select(['kind', 'name', 'containers', 'missing', 'localDate', 'slot', 'plannedAt', 'status', 'reason'])
    .select(['fileName', 'rowCount', 'asOf', 'createdAt', 'builtAt'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

async function listDeliveries(db: Db, addressee: Addressee) {
  return db
    .selectFrom('delivery')
    .select(['channel', 'kind', 'status', 'subject', 'createdAt', 'finishedAt', 'error'])
    .where('id', 'in', deliveriesTo(addressee))
    .orderBy('id')
    .execute()
}

async function listDocuments(db: Db, personId: number) {
  return db
    .selectFrom('incomingDocument')
    .leftJoin('workbook', 'workbook.id', 'incomingDocument.workbookId')
    .select(['incomingDocument.fileName', 'incomingDocument.sentAt', 'incomingDocument.status', 'purpose'])
    .select(['workbook.kind as recognisedAs', 'workbook.status as outcome'])
    .where('personId', '=', personId)
    .orderBy('incomingDocument.id')
    .execute()
}

async function listMessages(db: Db, telegramId: number) {
  return db
    .selectFrom('telegramUpdate')
    .select(['receivedAt', 'payload as asTelegramSentIt'])
    .where(isUpdateOf(telegramId))
    .orderBy('seq')
    .execute()
}

async function listDialogs(db: Db, personId: number) {
  return db
    .selectFrom('dialog')
    .select(['chatId', 'state', 'expiresAt'])
    .where('personId', '=', personId)
    .orderBy('chatId')
    .execute()
}

async function listBroadcasts(db: Db, personId: number) {
  return db
    .selectFrom('broadcast')
    .select(['text', 'status', 'recipients', 'createdAt', 'finishedAt'])
    .where('authorId', '=', personId)
    .orderBy('id')
    .execute()
}

/** The actions of the person, and those of others on them. */
async function listActions(db: Db, personId: number) {
  return db
    .selectFrom('audit')
    .select(['createdAt', 'action', 'object', 'details'])
    .where((eb) => eb.or([eb('actorId', '=', personId), eb('object', '=', `person:${personId}`)]))
    .orderBy('id')
    .execute()
}
