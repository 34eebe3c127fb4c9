import { sql } from 'kysely'
import { isCompanyRemoved } from '../people/access/allowed-people.ts'
import { hold } from './hold-report.ts'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import type { ReportKind } from '../schema.generated.ts'
import type { BuiltReport } from './reports.ts'
import {
  readerColumns,
  receivingAddresses,
  toWaitingReport,
  waitingColumns,
  type WaitingReport,
} from './waiting-report.ts'

/**
 * Looks at a report that a job names. Undefined when it does not wait any more, or somebody is building it at this moment: then its
 * job has nothing to do, and the sweep makes another one should that fail.
 */
export async function look(
  db: Db,
  id: number,
): Promise<
  | {
      readonly kind: ReportKind
      /** Of the file that is to be given back or filled. */
      readonly sourceBytes: number
      /** Its subscription has a workbook of the person's own, which it fills. */
      readonly hasTemplate: boolean
    }
  | undefined
> {
  return db
    .selectFrom('report')
    .leftJoin('subscriptionTemplate as template', 'template.subscriptionId', 'report.subscriptionId')
    .leftJoin('blob', (join) =>
      join.on('blob.sha256', '=', sql<Buffer>`coalesce(report.source_sha256, template.source_sha256)`),
    )
    .select(['report.kind', sql<number>`coalesce(octet_length(blob.content), 0)`.as('sourceBytes')])
    .select(sql<boolean>`template.subscription_id is not null`.as('hasTemplate'))
    .where('report.id', '=', id)
    .where('report.status', '=', 'pending')
    .forUpdate('report')
    .skipLocked()
    .executeTakeFirst()
}

export interface BatchTerms {
  /** The report that is begun; the others come after it. */
  readonly id: number
  readonly limit: number
  /** Longer lists are built by themselves. */
  readonly mostContainers: number
}

/**
 * Locks a report of a slot that is begun, and with it others that wait, have a short list and were never begun. Others pass over them
 * meanwhile, and a process that dies lets go of them. Returns the others, or undefined when somebody else holds
 * the report itself. Call it in the transaction that stores them.
 */
export async function claim(
  tx: Db,
  { id, limit, mostContainers }: BatchTerms,
): Promise<readonly WaitingReport[] | undefined> {
  if (!(await hold(tx, id))) return undefined
  const rows = await selectOthers(tx, { id, limit, mostContainers }).execute()
  // A slot is about no company, and its reports in groups are built alone.
  return rows.map((row) => toWaitingReport({ ...row, companyId: null }, row, undefined))
}

function selectOthers(tx: Db, { id, limit, mostContainers }: BatchTerms) {
  return (
    tx
      .selectFrom('report')
      .innerJoin('person', 'person.id', 'report.personId')
      .innerJoin('subscription', 'subscription.id', 'report.subscriptionId')
      .select(waitingColumns)
      .select(readerColumns)
      .select([isCompanyRemoved('person').as('isCompanyRemoved'), receivingAddresses.as('emailAddressIds')])
      .select(sql<Date>`now()`.as('now'))
      .where('report.status', '=', 'pending')
      .where('report.id', '>', id)
      .where('report.id', '<=', lastSeen(tx, { id, limit }))
      .where('report.kind', '=', 'slot')
      .where('report.stateAt', 'is', null)
      .where('report.startedBy', 'is', null)
      // Any other subject is resolved when its report is built, and some wait for newer data.
      .where('subscription.subject', '=', 'containers')
      .where('report.notBefore', 'is', null)
      // A report in a group has the rights of the group.
      .where('report.chatId', '>', 0)
      .where(sql<boolean>`cardinality(report.containers) between 1 and ${mostContainers}`)
      .where(hasNoTemplate)
      .where(isFirstOfReader)
      .orderBy('report.id')
      .limit(limit)
      .forUpdate('report')
      .skipLocked()
  )
}

/** Reports are looked at, for each that is taken: the planner cannot know how many wait, and might read all of them for each batch. */
const seenForEach = 4

function lastSeen(tx: Db, { id, limit }: Pick<BatchTerms, 'id' | 'limit'>) {
  const seen = tx
    .selectFrom('report')
    .select('id')
    .where('status', '=', 'pending')
    .where('id', '>', id)
    .orderBy('id')
    .limit(limit * seenForEach)
  return tx.selectFrom(seen.as('seen')).select((eb) => eb.fn.max<number>('id').as('last'))
}

/** One that fills a workbook of the person's own takes the room of a file. */
const hasNoTemplate = sql<boolean>`not exists (
  select from subscription_template as template where template.subscription_id = report.subscription_id)`

/** The next report to the same reader is compared with this one, once it is stored. Written as the condition of `report_not_ended`. */
const isFirstOfReader = sql<boolean>`not exists (
  select from report as earlier
  where earlier.subscription_id = report.subscription_id and earlier.chat_id = report.chat_id
    and earlier.status not in ('built', 'skipped', 'failed') and earlier.id < report.id)`

/** Stores the workbooks of reports that still wait, in one statement; returns the ids of those that did. */
export async function finish(
  tx: Db,
  built: readonly (BuiltReport & { readonly id: number })[],
): Promise<ReadonlySet<number>> {
  if (built.length === 0) return new Set()
  // One by one: the driver writes a list of bytes as text, several times as long, and the server reads that back.
  const contents = sql`array[${sql.join(built.map(({ content }) => content))}]`
  const column = <Key extends keyof (typeof built)[number]>(key: Key) => built.map((report) => report[key])
  const rows = await selectRows(
    tx,
    { id: sql<number>`report.id` },
    (list) => sql`
    update report set file_name = made.file_name, content = made.content, row_count = made.row_count,
      missing = array(select jsonb_array_elements_text(made.missing)), as_of = made.as_of, built_for = made.built_for,
      status = 'built', built_at = now()
    from unnest(${column('id')}::bigint[], ${column('fileName')}::text[], ${contents}::bytea[],
      ${column('rowCount')}::integer[], ${built.map(({ missing }) => JSON.stringify(missing))}::jsonb[],
      ${built.map(({ asOf }) => asOf?.toISOString() ?? null)}::timestamptz[], ${column('builtFor')}::text[])
      as made (id, file_name, content, row_count, missing, as_of, built_for)
    where report.id = made.id and report.status = 'pending'
    returning ${list}`,
  )
  return new Set(rows.map(({ id }) => id))
}
