import type { AccessPolicy, BroadcastAudience, SubscribedSubject } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { hasRole, mayBeWrittenTo } from '../people/access/allowed-people.ts'
import type { Db } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import type { Json } from '../schema.generated.ts'
import { isActive } from '../subscriptions/find-concerned.ts'
import { partiesNamed, stationsNamed } from '../subscriptions/subject-sql.ts'
import { wasActiveWithin } from '../updates/chat-usage.ts'

export const everybody: BroadcastAudience = { kind: 'everybody' }

/** The stored audience; null is everybody. The column is written by `toStoredAudience` alone. */
export function toAudience(stored: Json | null): BroadcastAudience {
  return stored === null ? everybody : (stored as unknown as BroadcastAudience)
}

export function toStoredAudience(audience: BroadcastAudience): string | null {
  return audience.kind === 'everybody' ? null : JSON.stringify(audience)
}

/** Whether a row of `broadcast` is one, and not the draft of a message to one person. */
export const isBroadcast = sql<boolean>`(broadcast.audience ->> 'kind' is distinct from 'person')`

/** The readers of a broadcast, as a condition on a row of `person`. */
export function isReader(audience: BroadcastAudience, policy: AccessPolicy): RawBuilder<boolean> {
  return sql<boolean>`(${mayBeWrittenTo(policy)} and ${belongsTo(audience, policy)})`
}

function belongsTo(audience: BroadcastAudience, policy: AccessPolicy): RawBuilder<boolean> {
  const { kind } = audience
  if (kind === 'everybody') return sql`true`
  if (kind === 'role') return hasRole(audience.role, policy.adminChatIds)
  if (kind === 'company') return sql`person.company_id = ${audience.companyId}`
  if (kind === 'person') return sql`person.id = ${audience.personId}`
  if (kind === 'active') return wasActiveWithin(sql.ref('person.telegram_id'), audience.days)
  return sql`exists (select from subscription where subscription.person_id = person.id
    and subscription.subject = ${audience.subject}::subscription_subject and ${isActive} and ${isAbout(audience)})`
}

/** Names of one station or one client count as the same, however they are spelt. */
function isAbout({ subject, text }: Extract<BroadcastAudience, { kind: 'subscribers' }>): RawBuilder<boolean> {
  const own = sql<string>`subscription.subject_text`
  const given = sql<string>`${text}::text`
  if (subject === 'train') return sql`${own} = ${given}`
  const named = subject === 'destination' ? stationsNamed : partiesNamed
  return sql`(${own} = ${given} or exists (${named(own)} intersect ${named(given)}))`
}

/** Counts the people who would get a broadcast now. */
export async function countAudience(db: Db, audience: BroadcastAudience, policy: AccessPolicy): Promise<number> {
  const [count = 0] = await countAudiences(db, [audience], policy)
  return count
}

/** The same for several audiences, in their order, in one statement. */
export async function countAudiences(
  db: Db,
  audiences: readonly BroadcastAudience[],
  policy: AccessPolicy,
): Promise<readonly number[]> {
  if (audiences.length === 0) return []
  const counts = audiences.map((audience) => sql`count(*) filter (where ${belongsTo(audience, policy)})`)
  const row = await selectRow(
    db,
    { counts: sql<number[]>`array[${sql.join(counts)}]` },
    (list) => sql`select ${list} from person where ${mayBeWrittenTo(policy)}`,
  )
  return row?.counts ?? []
}

/** Something that people subscribe to. */
export interface SubscribedText {
  /** One of the subscriptions, by which a button names the text. */
  readonly subscriptionId: number
  readonly text: string
  readonly people: number
}

/** The texts of a subject that people are subscribed to, most people first, with the number of texts in all. */
export async function listSubscribed(
  db: Db,
  subject: SubscribedSubject,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly SubscribedText[]; readonly total: number }> {
  const columns = {
    subscriptionId: sql<number>`min(subscription.id)`,
    text: sql<string>`subscription.subject_text`,
    people: sql<number>`count(distinct subscription.person_id)`,
    total: sql<number>`count(*) over ()`,
  }
  const rows = await selectRows(
    db,
    columns,
    (list) => sql`select ${list} from subscription
      where subscription.subject = ${subject}::subscription_subject and subscription.subject_text is not null and ${isActive}
      group by subscription.subject_text
      order by count(distinct subscription.person_id) desc, subscription.subject_text
      limit ${limit} offset ${offset}`,
  )
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 }
}

/** The audience that a button names by one of its subscriptions; undefined when there is none such. */
export async function findSubscribed(db: Db, subscriptionId: number): Promise<BroadcastAudience | undefined> {
  const columns = {
    subject: sql<SubscribedSubject>`subscription.subject`,
    text: sql<string>`subscription.subject_text`,
  }
  const found = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from subscription
      where subscription.id = ${subscriptionId} and subscription.subject in ('train', 'destination', 'client')
        and subscription.subject_text is not null`,
  )
  return found && { kind: 'subscribers', ...found }
}
