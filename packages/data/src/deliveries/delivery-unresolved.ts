import { type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { addresseeChat, addresseeName } from './addressee-name.ts'
import type { DB, DeliveryChannel, DeliveryKind, Json } from '../schema.generated.ts'

/** A delivery that somebody has to decide on. */
export interface UnresolvedDelivery {
  readonly id: number
  readonly status: 'unknown' | 'failed'
  readonly channel: DeliveryChannel
  readonly kind: DeliveryKind
  readonly broadcastId: number | undefined
  /** The addressee: the name of a person or a group, or nothing for a chat without one. */
  readonly name: string | undefined
  readonly chatId: number | undefined
  /** The name of a report or the beginning of the text. */
  readonly what: string
  /** The kind of message, where no name or text says so. */
  readonly notice?: Json | undefined
  readonly sendingAt: Date | undefined
}

interface Scope {
  /** Selects the unknown deliveries of one broadcast. Undefined for everything; broadcasts list their failures by themselves. */
  readonly broadcastId?: number | undefined
}

const failedDays = 7

/** Lists unknown deliveries, and those that failed within a week, answers to questions included; newest first. */
export async function listUnresolved(
  db: Db,
  { broadcastId, limit, offset = 0 }: Scope & { readonly limit: number; readonly offset?: number },
): Promise<readonly UnresolvedDelivery[]> {
  const rows = await inScope(db.selectFrom('delivery'), { broadcastId })
    .leftJoin('person', 'person.id', 'delivery.personId')
    .leftJoin('report', 'report.id', 'delivery.reportId')
    .leftJoin('broadcast', 'broadcast.id', 'delivery.broadcastId')
    .select(['delivery.id', 'delivery.channel', 'delivery.kind', 'delivery.broadcastId', 'sendingAt'])
    .select('notice')
    .select(sql<'unknown' | 'failed'>`delivery.status`.as('status'))
    .select([addresseeName.as('name'), addresseeChat.as('chatId')])
    .select(
      sql<string>`coalesce(report.name, report.file_name, left(coalesce(delivery.text, broadcast.text), 200), '')`.as(
        'what',
      ),
    )
    .orderBy('delivery.id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ broadcastId, name, chatId, sendingAt, notice, ...row }) => ({
    ...row,
    broadcastId: broadcastId ?? undefined,
    name: name ?? undefined,
    chatId: chatId ?? undefined,
    sendingAt: sendingAt ?? undefined,
    notice: notice ?? undefined,
  }))
}

/** How many `listUnresolved` finds, by how they ended. */
export async function countUnresolved(
  db: Db,
  scope: Scope = {},
): Promise<{ readonly unknown: number; readonly failed: number }> {
  return inScope(db.selectFrom('delivery'), scope)
    .select(sql<number>`count(*) filter (where delivery.status = 'unknown')`.as('unknown'))
    .select(sql<number>`count(*) filter (where delivery.status = 'failed')`.as('failed'))
    .executeTakeFirstOrThrow()
}

function inScope(query: SelectQueryBuilder<DB, 'delivery', object>, { broadcastId }: Scope) {
  const isUnresolved = sql<boolean>`(delivery.status in ('unknown', 'failed') and (delivery.status = 'unknown'
    or delivery.broadcast_id is null and delivery.finished_at > now() - make_interval(days => ${sql.lit(failedDays)})))`
  const unresolved = query.where(isUnresolved)
  if (broadcastId === undefined) return unresolved
  return unresolved.where('delivery.broadcastId', '=', broadcastId).where('delivery.status', '=', 'unknown')
}
