import { sql } from 'kysely'
import type { Page, Paged } from './companies.ts'
import type { Db } from '../platform/client.ts'
import type { Rights } from '../people/people.ts'
import type { PersonRole } from '../schema.generated.ts'

/** Somebody who has been let in. */
export interface Member {
  readonly id: number
  readonly telegramId: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly role: PersonRole | null
  readonly companyId: number | null
  readonly companyName: string | null
  /** True when the company is removed: the person sees nothing. */
  readonly isStranded: boolean
}

/** Lists people with access by name: everybody, or the people of one company. */
export async function list(
  db: Db,
  { offset, limit, companyId }: Page & { readonly companyId: number | undefined },
): Promise<Paged<Member>> {
  const rows = await selectMembers(db)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(companyId !== undefined, (query) => query.where('person.companyId', '=', companyId ?? 0))
    .orderBy('isStranded', 'desc')
    .orderBy('person.firstName')
    .orderBy('person.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...member }) => member) }
}

export async function find(db: Db, id: number): Promise<Member | undefined> {
  return selectMembers(db).where('person.id', '=', id).executeTakeFirst()
}

/** Changes what somebody who is in may see and do; false when they are not in any more. It counts from the next question on. */
export async function assign(db: Db, id: number, rights: Rights): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ role: rights.role, companyId: rights.role === 'viewer' ? rights.companyId : null })
    .where('id', '=', id)
    .where('access', '=', 'granted')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Shows somebody out; false when they are not in any more. */
export async function dismiss(db: Db, id: number, { decidedBy }: { readonly decidedBy: number }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ access: 'denied', accessDecidedBy: decidedBy, accessDecidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '=', 'granted')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

function selectMembers(db: Db) {
  return db
    .selectFrom('person')
    .leftJoin('company', 'company.id', 'person.companyId')
    .select(['person.id', 'person.telegramId', 'person.firstName', 'person.lastName', 'person.username'])
    .select(['person.role', 'person.companyId', 'company.name as companyName'])
    .select(sql<boolean>`company.deleted_at is not null`.as('isStranded'))
    .where('person.access', '=', 'granted')
}
