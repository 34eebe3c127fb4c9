import type { Db } from '@atermtrack/data'

/** Lets a group in as an admin does, for all containers or those of a company. Returns the id of its row. */
export async function letGroupIn(db: Db, chatId: number, companyId: number | null = null): Promise<number> {
  const { id } = await db
    .insertInto('chatGroup')
    .values({ chatId, companyId, status: 'allowed' })
    .onConflict((conflict) => conflict.column('chatId').doUpdateSet({ companyId, status: 'allowed' }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
