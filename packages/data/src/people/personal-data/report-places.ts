import { type RawBuilder, sql } from 'kysely'
import { deleteFilesAboutPeople } from '../../exports/export-reports.ts'
import type { Db } from '../../platform/client.ts'
import { deleteUnusedFiles } from '../../platform/unused-files.ts'
import type { PersonalPlace, Subject } from './place.ts'

const rows = (from: RawBuilder<unknown>) => sql<number>`(select count(*) from ${from})`

/** Reports, and the subscriptions that they follow, in this order: a report points at its subscription. */
export const reportPlaces: readonly PersonalPlace[] = [
  {
    columns: ['report.chat_id', 'report.person_id'],
    collect: async (db, { personId }) => ({ reports: await listReports(db, personId) }),
    count: ({ personId }) => ({ reports: rows(sql`report where person_id = ${personId}`) }),
    async erase(tx, subject) {
      const sources = [...(await listSources(tx, subject)), ...(await deleteTemplates(tx, subject.personId))]
      await blankReports(tx, subject)
      await deleteUnusedFiles(tx, sources)
      await deleteFilesAboutPeople(tx)
    },
  },
  {
    columns: [
      'subscription.person_id',
      'subscription_draft.person_id',
      'subscription_snapshot.chat_id',
      'subscription_target.chat_id',
      'subscription_target.person_id',
    ],
    collect: async (db, { personId }) => ({ subscriptions: await listSubscriptions(db, personId) }),
    count: ({ personId }) => ({
      subscriptions: rows(sql`subscription where person_id = ${personId} and deleted_at is null`),
    }),
    erase: (tx, { personId }) => deleteSubscriptions(tx, personId),
  },
]

async function listReports(db: Db, personId: number) {
  return db
    .selectFrom('report')
    .select(['kind', 'name', 'containers', 'missing', 'localDate', 'slot', 'plannedAt', 'status', 'reason'])
    .select(['fileName', 'rowCount', 'asOf', 'createdAt', 'builtAt'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

async function listSubscriptions(db: Db, personId: number) {
  return db
    .selectFrom('subscription')
    .select(['name', 'subject', 'subjectText', 'slots', 'weekdays', 'zone', 'nextDueAt', 'isWatchList'])
    .select(
      sql<string | null>`(select company.name from company where company.id = subscription.company_id)`.as('company'),
    )
    .select([
      'onlyChanges',
      'reportsEmpty',
      'showsPicture',
      'pausedAt',
      'pausedUntil',
      'rowOrder',
      'columns',
      'leavesAfterDays',
    ])
    .select(['eventKinds', 'eventTiming', 'digestSlots', 'createdAt', 'deletedAt'])
    .select(
      sql`(select coalesce(jsonb_agg(jsonb_build_object('container', container, 'note', note, 'orderNumber', order_number,
          'leftAt', left_at) order by place), '[]')
        from subscription_item as item where item.subscription_id = subscription.id)`.as('items'),
    )
    .select(
      sql`(select coalesce(jsonb_agg(jsonb_build_object('container', container, 'note', note, 'orderNumber', order_number,
          'removedAt', removed_at) order by removed_at, place), '[]')
        from subscription_removed_item as item where item.subscription_id = subscription.id)`.as('removedItems'),
    )
    .select(
      sql`(select jsonb_build_object('fileName', file_name, 'storedAt', stored_at)
        from subscription_template where subscription_id = subscription.id)`.as('template'),
    )
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Workbooks of their own that people had completed. */
async function listSources(tx: Db, { personId }: Subject): Promise<readonly Buffer[]> {
  const rows = await tx
    .selectFrom('report')
    .select('sourceSha256')
    .distinct()
    .where('personId', '=', personId)
    .where('sourceSha256', 'is not', null)
    .execute()
  return rows.flatMap(({ sourceSha256 }) => (sourceSha256 === null ? [] : [sourceSha256]))
}

/** Workbooks of their own that their reports fill; returns their files. */
async function deleteTemplates(tx: Db, personId: number): Promise<readonly Buffer[]> {
  const own = tx.selectFrom('subscription').select('id').where('personId', '=', personId)
  const rows = await tx
    .deleteFrom('subscriptionTemplate')
    .where('subscriptionId', 'in', own)
    .returning('sourceSha256')
    .execute()
  return rows.map(({ sourceSha256 }) => sourceSha256)
}

/** A report that waits is not built any more; one that is being built finds that it does not wait. */
async function blankReports(tx: Db, { personId, nobody }: Subject): Promise<void> {
  await tx
    .updateTable('report')
    .set({
      chatId: nobody,
      subscriptionId: null,
      name: null,
      containers: [],
      missing: null,
      fileName: null,
      content: null,
      sourceSha256: null,
      telegramFileId: null,
      status: sql`case when status = 'pending' then 'skipped'::report_status else status end`,
    })
    .where('personId', '=', personId)
    .execute()
}

/** Their lists, and what others send them. */
async function deleteSubscriptions(tx: Db, personId: number): Promise<void> {
  const own = tx.selectFrom('subscription').select('id').where('personId', '=', personId)
  await tx.deleteFrom('subscriptionSnapshot').where('subscriptionId', 'in', own).execute()
  await tx.deleteFrom('subscriptionItem').where('subscriptionId', 'in', own).execute()
  await tx.deleteFrom('subscriptionRemovedItem').where('subscriptionId', 'in', own).execute()
  await tx
    .deleteFrom('subscriptionTarget')
    .where((eb) => eb.or([eb('subscriptionId', 'in', own), eb('personId', '=', personId)]))
    .execute()
  await tx.deleteFrom('subscriptionDraft').where('personId', '=', personId).execute()
  await tx.deleteFrom('subscription').where('personId', '=', personId).execute()
}
