import {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  type QuietHours,
  type Scope,
  scopeKey,
} from '@atermtrack/domain'
import { sql } from 'kysely'
import { factColumns, isCompanyRemoved, toPersonFacts } from '../people/access/allowed-people.ts'
import { receivesMail } from '../people/email-addresses.ts'
import { unknownGroup } from '../people/access/groups.ts'
import type { Db } from '../platform/client.ts'
import { rowList } from '../platform/statements/row-list.ts'
import { selectVisible } from '../visibility/visibility.ts'
import { quietHoursOf } from './group-quiet-hours.ts'

/** Somebody whom alerts are for. */
export interface ReaderOfAlerts {
  readonly personId: number
  /** Their private chat, or the group. */
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId: number | null
  /** The rights of this moment. */
  readonly access: Access
  readonly quietHours: QuietHours | undefined
  readonly holdsAlerts: boolean
  readonly zone: string | null
  /** False when Telegram no longer delivers to them. */
  readonly isReachable: boolean
  /** A proved address that accepts mail. */
  readonly emailAddressId: number | null
}

/** The people with these ids, in one statement. */
export async function listReaders(
  db: Db,
  personIds: readonly number[],
  policy: AccessPolicy,
): Promise<readonly ReaderOfAlerts[]> {
  const rows = await db
    .selectFrom('person')
    .select(factColumns)
    .select(['person.id as personId', 'quietFrom', 'quietUntil', 'holdsAlerts', 'zone', 'unreachableSince'])
    .select((eb) => [
      isCompanyRemoved('person').as('isCompanyRemoved'),
      eb
        .selectFrom('emailAddress')
        .select((address) => address.fn.min('emailAddress.id').as('id'))
        .whereRef('emailAddress.personId', '=', 'person.id')
        .where(receivesMail)
        .as('emailAddressId'),
    ])
    .where('person.id', '=', sql<number>`any(${[...new Set(personIds)]}::bigint[])`)
    .where('person.erasedAt', 'is', null)
    .execute()
  return rows.map((row) => ({
    personId: row.personId,
    chatId: row.telegramId,
    threadId: null,
    access: accessOf(row, policy),
    quietHours:
      row.quietFrom === null || row.quietUntil === null ? undefined : { from: row.quietFrom, until: row.quietUntil },
    holdsAlerts: row.holdsAlerts,
    zone: row.zone,
    isReachable: row.unreachableSince === null,
    emailAddressId: row.emailAddressId,
  }))
}

/** A group to which the owner of a subscription has alerts sent. */
interface GroupOfAlerts {
  readonly chatId: number
  readonly threadId: number | null
  readonly personId: number
}

/** The groups and topics as readers, in one statement: the rights of the group count, as far as the owner of the subscription has access. */
export async function listGroupReaders(
  db: Db,
  asked: readonly GroupOfAlerts[],
  policy: AccessPolicy,
): Promise<readonly ReaderOfAlerts[]> {
  const different = [
    ...new Map(
      asked.map(({ chatId, threadId, personId }) => {
        const reader = { chatId, threadId, personId }
        return [readerKey(reader), reader]
      }),
    ).values(),
  ]
  if (different.length === 0) return []
  const rows = await db
    .selectFrom(rowList('asked', { chatId: 'bigint', threadId: 'bigint', personId: 'bigint' }, different))
    .innerJoin('person', 'person.id', 'asked.personId')
    .leftJoin('chatGroup', 'chatGroup.chatId', 'asked.chatId')
    .leftJoinLateral(quietHoursOf(sql.ref('asked.chat_id'), sql.ref('asked.thread_id')).as('quiet'), (join) =>
      join.onTrue(),
    )
    .select(['asked.chatId', 'asked.threadId', 'asked.personId', ...factColumns])
    .select(['quiet.quietFrom', 'quiet.quietUntil', 'quiet.zone as quietZone', 'quiet.holdsAlerts as holds'])
    .select(['formerIds', 'chatGroup.status', 'chatGroup.companyId as groupCompanyId', 'leftAt'])
    .select([
      isCompanyRemoved('person').as('isCompanyRemoved'),
      isCompanyRemoved('chat_group').as('isGroupCompanyRemoved'),
    ])
    .where('person.erasedAt', 'is', null)
    .execute()
  return rows.map(
    ({ chatId, threadId, personId, formerIds, status, groupCompanyId, leftAt, isGroupCompanyRemoved, ...row }) => {
      const { quietFrom: from, quietUntil: until, quietZone, holds, ...person } = row
      const group =
        status === null
          ? unknownGroup(chatId)
          : {
              chatId,
              formerIds: formerIds ?? [],
              status,
              companyId: groupCompanyId,
              isCompanyRemoved: isGroupCompanyRemoved,
            }
      return {
        personId,
        chatId,
        threadId,
        access: accessInGroup(group, toPersonFacts(person), policy),
        quietHours: from === null || until === null ? undefined : { from, until },
        holdsAlerts: holds ?? false,
        zone: quietZone,
        isReachable: leftAt === null,
        emailAddressId: null,
      }
    },
  )
}

/** Names a reader: a person, or a group or topic for the owner of a subscription. */
export function readerKey({
  chatId,
  threadId,
  personId,
}: {
  readonly chatId: number | undefined
  readonly threadId: number | null
  readonly personId: number
}): string {
  return chatId !== undefined && chatId < 0 ? `${chatId} ${personId} ${threadId ?? '-'}` : String(personId)
}

/** Whether a container is within a scope. */
export type SeesContainer = (scope: Scope, container: string) => boolean

const scopesPerStatement = 50

/** Looks up which of the containers lie within each of the scopes, some dozens of companies in one statement. */
export async function lookUpVisible(
  db: Db,
  scopes: readonly Scope[],
  containers: readonly string[],
): Promise<SeesContainer> {
  const companies = new Map(scopes.filter(({ kind }) => kind === 'company').map((scope) => [scopeKey(scope), scope]))
  const visible = new Set<string>()
  const asked = [...companies]
  for (let start = 0; start < asked.length && containers.length > 0; start += scopesPerStatement) {
    const parts = asked
      .slice(start, start + scopesPerStatement)
      .map(
        ([key, scope]) =>
          sql`select ${key}::text as key, container from (${selectVisible(scope, sql`select unnest(${[...containers]}::text[])`)}) as seen`,
      )
    const rows = await db
      .selectFrom(sql<VisiblePair>`(${sql.join(parts, sql` union all `)})`.as('seen'))
      .select(['seen.key', 'seen.container'])
      .execute()
    for (const { key, container } of rows) visible.add(`${key} ${container}`)
  }
  return (scope, container) => scope.kind === 'all' || visible.has(`${scopeKey(scope)} ${container}`)
}

interface VisiblePair {
  readonly key: string
  readonly container: string
}
