import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** What is behind the code of an apology. It holds nothing of what the person wrote, and not who they are: the update says that. */
export interface FailedAnswer {
  readonly reference: string
  readonly updateId: number
  /** The kind of update, such as `command` or `button`. */
  readonly kind: string
  /** The name of the command or of the button's action. */
  readonly name: string | undefined
  readonly errorType: string
  readonly message: string
  readonly stack: string
}

export async function insert(db: Db, { name, ...failure }: FailedAnswer): Promise<void> {
  await db
    .insertInto('failedAnswer')
    .values({ ...failure, name: name ?? null })
    .execute()
}

/** The newest failure with this code, and whose update it was, where that is still known. */
export async function find(db: Db, reference: string) {
  return selectFailures(db)
    .select(['failedAnswer.message', 'failedAnswer.stack'])
    .where('failedAnswer.reference', '=', reference)
    .orderBy('failedAnswer.id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type FoundFailure = NonNullable<Awaited<ReturnType<typeof find>>>

/** The newest failures. */
export async function list(db: Db, limit: number) {
  return selectFailures(db).orderBy('failedAnswer.id', 'desc').limit(limit).execute()
}

export type ListedFailure = Awaited<ReturnType<typeof list>>[number]

function selectFailures(db: Db) {
  const from = sql`coalesce(payload #> '{message,from}', payload #> '{callback_query,from}')`
  const chat = sql`coalesce(payload #> '{message,chat}', payload #> '{callback_query,message,chat}')`
  return db
    .selectFrom('failedAnswer')
    .leftJoin('telegramUpdate', 'telegramUpdate.updateId', 'failedAnswer.updateId')
    .select(['failedAnswer.reference', 'failedAnswer.updateId', 'failedAnswer.failedAt', 'failedAnswer.kind'])
    .select(['failedAnswer.name', 'failedAnswer.errorType', 'telegramUpdate.outcome'])
    .select([
      sql<number | null>`(${from} ->> 'id')::bigint`.as('telegramId'),
      sql<string | null>`nullif(concat_ws(' ', ${from} ->> 'first_name', ${from} ->> 'last_name'), '')`.as(
        'personName',
      ),
      sql<string | null>`${chat} ->> 'type'`.as('chatType'),
    ])
}

/** Deletes what failed long ago. Returns how many rows went. */
export async function deleteOld(
  db: Db,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from failed_answer where id in (
      select id from failed_answer where failed_at < now() - make_interval(days => ${days}) order by failed_at limit ${limit}
    )
  `.execute(db)
  return Number(numAffectedRows ?? 0n)
}
