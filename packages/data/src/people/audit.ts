import type { AuditAction, AuditDetailName } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { detailNames, objectName } from './audit-names.ts'
import { fullName } from './names.ts'

/** The person or the command behind an entry; without either it is a service. */
export interface AuditActor {
  readonly actorId?: number
  /** The update of the chat in which it was done. */
  readonly updateId?: number
  /** The command of the command line with which it was done. */
  readonly command?: string
}

/** Further facts about an action. */
export type AuditDetails = Readonly<Partial<Record<AuditDetailName, string | number | boolean>>>

export interface NewAuditEntry extends AuditActor {
  readonly action: AuditAction
  /** The thing and its id, such as `person:7`. */
  readonly object: string
  readonly details?: AuditDetails
}

/** Adds to the record of who did what to whom. */
export async function insert(db: Db, { details = {}, ...rest }: NewAuditEntry): Promise<void> {
  await db
    .insertInto('audit')
    .values({ ...rest, details: JSON.stringify(details) })
    .execute()
}

export interface AuditSearch {
  /** A part of the actor's name or username, of an action, of a command, or of the name or id of an object; all entries without it. */
  readonly text?: string | undefined
  /** An object that is meant by the text as well. */
  readonly object?: string | undefined
  /** Actions that are meant by the text as well. */
  readonly actions?: readonly AuditAction[] | undefined
  readonly offset: number
  readonly limit: number
}

/** An entry with the names as they are now; a person whose data were erased has none. */
export type AuditEntry = Awaited<ReturnType<typeof list>>['rows'][number]

/** Lists entries, newest first, and whether more follow. */
export async function list(db: Db, { text, object, actions = [], offset, limit }: AuditSearch) {
  let query = db
    .selectFrom('audit')
    .leftJoin('person as actor', 'actor.id', 'audit.actorId')
    .leftJoin('person as whom', (join) => join.on(sql`'person:' || whom.id`, '=', sql.ref('audit.object')))
    .select(['audit.id', 'audit.action', 'audit.object', 'audit.createdAt as at', 'audit.updateId', 'audit.actorId'])
    .select(sql<Readonly<Record<string, unknown>>>`audit.details`.as('details'))
    .select([objectName.as('objectName'), detailNames.as('names')])
    .select('audit.command')
    .select(fullName('actor').as('actorName'))
    .select('actor.telegramId as actorTelegramId')
    .orderBy('audit.id', 'desc')
    .offset(offset)
    .limit(limit + 1)
  if (text !== undefined) {
    const part = `%${text.replaceAll(/[%_\\]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([
        eb('audit.action', 'ilike', part),
        ...(actions.length > 0 ? [eb('audit.action', 'in', [...actions])] : []),
        eb('audit.object', 'in', object === undefined ? [text] : [text, object]),
        eb('audit.command', 'ilike', part),
        eb(sql`concat_ws(' ', actor.first_name, actor.last_name, actor.username, actor.telegram_id)`, 'ilike', part),
        eb(sql`concat_ws(' ', whom.first_name, whom.last_name, whom.username, whom.telegram_id)`, 'ilike', part),
        eb(objectName, 'ilike', part),
      ]),
    )
  }
  const rows = await query.execute()
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}
