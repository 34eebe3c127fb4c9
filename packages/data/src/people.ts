import { sql } from 'kysely'
import type { Language } from '@atermtrack/domain'
import type { Db } from './client.ts'
import type { OpenDialog } from './dialogs.ts'
import type { PersonAccess, PersonRole } from './schema.generated.ts'

export interface Person {
  readonly id: number
  readonly telegramId: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly language: Language
  readonly role: PersonRole | null
  readonly access: PersonAccess
  readonly unreachableSince: Date | null
}

/** What Telegram tells of somebody with every update. */
export interface TelegramProfile {
  readonly telegramId: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly language: Language
}

const columns = [
  'id',
  'telegramId',
  'firstName',
  'lastName',
  'username',
  'language',
  'role',
  'access',
  'unreachableSince',
] as const

export interface Meeting {
  readonly person: Person
  /** The person's dialog in the chat. One that expired over a day ago is as good as none. */
  readonly dialog: OpenDialog | undefined
}

/** Who writes in a chat and what dialog they are in there. Names are brought up to date; somebody new is without access. */
export async function meet(db: Db, profile: TelegramProfile, chatId: number): Promise<Meeting> {
  const row = await db
    .selectFrom('person')
    .leftJoin('dialog', (join) =>
      join
        .onRef('dialog.personId', '=', 'person.id')
        .on('dialog.chatId', '=', chatId)
        .on('dialog.expiresAt', '>', sql<Date>`now() - interval '1 day'`),
    )
    .select(columns.map((column) => `person.${column}` as const))
    .select(['dialog.state', sql<boolean | null>`dialog.expires_at <= now()`.as('expired')])
    .where('telegramId', '=', profile.telegramId)
    .executeTakeFirst()
  if (!row) return { person: await ensure(db, profile), dialog: undefined }
  const { state, expired, ...person } = row
  const known = toPerson(person)
  return {
    person: isSame(known, profile) ? known : await ensure(db, profile),
    dialog: expired === null ? undefined : { state, expired },
  }
}

/** Adds somebody, or brings their names up to date. */
export async function ensure(db: Db, { telegramId, ...names }: TelegramProfile): Promise<Person> {
  const row = await db
    .insertInto('person')
    .values({ telegramId, ...names })
    .onConflict((conflict) => conflict.column('telegramId').doUpdateSet(names))
    .returning(columns)
    .executeTakeFirstOrThrow()
  return toPerson(row)
}

export async function findByTelegramId(db: Db, telegramId: number): Promise<Person | undefined> {
  const row = await db.selectFrom('person').select(columns).where('telegramId', '=', telegramId).executeTakeFirst()
  return row && toPerson(row)
}

/** Throws when there is no such person. */
export async function get(db: Db, id: number): Promise<Person> {
  return toPerson(await db.selectFrom('person').select(columns).where('id', '=', id).executeTakeFirstOrThrow())
}

/** Records that somebody without access asks for it; false when they asked before or have been decided on. */
export async function requestAccess(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ access: 'requested', accessRequestedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '=', 'none')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Decides an open request once; undefined when somebody else was first. Who is let in becomes a viewer. */
export async function decideAccess(
  db: Db,
  id: number,
  decision: { readonly access: 'granted' | 'denied'; readonly decidedBy: number },
): Promise<Person | undefined> {
  const row = await db
    .updateTable('person')
    .set((eb) => ({
      access: decision.access,
      accessDecidedBy: decision.decidedBy,
      accessDecidedAt: sql<Date>`now()`,
      ...(decision.access === 'granted' && { role: eb.fn.coalesce('role', sql<PersonRole>`'viewer'`) }),
    }))
    .where('id', '=', id)
    .where('access', '=', 'requested')
    .returning(columns)
    .executeTakeFirst()
  return row && toPerson(row)
}

/** How a request for access ended and who decided it; undefined while it is open. */
export async function findAccessDecision(db: Db, id: number) {
  const row = await db
    .selectFrom('person')
    .select(['access', 'accessDecidedBy'])
    .where('id', '=', id)
    .where('access', 'in', ['granted', 'denied'])
    .executeTakeFirst()
  if (!row || row.accessDecidedBy === null) return undefined
  const access = row.access === 'granted' ? ('granted' as const) : ('denied' as const)
  return { access, person: await get(db, id), decidedBy: await get(db, row.accessDecidedBy) }
}

/** Everybody who has written to the bot, first comers first. */
export async function list(db: Db): Promise<readonly Person[]> {
  const rows = await db.selectFrom('person').select(columns).orderBy('id').execute()
  return rows.map(toPerson)
}

/** Lets somebody in with a role, whatever was decided before; undefined when they have never written to the bot. */
export async function grant(db: Db, telegramId: number, role: PersonRole): Promise<Person | undefined> {
  const row = await db
    .updateTable('person')
    .set({ role, access: 'granted', accessDecidedAt: sql<Date>`now()`, accessDecidedBy: null })
    .where('telegramId', '=', telegramId)
    .returning(columns)
    .executeTakeFirst()
  return row && toPerson(row)
}

/** Telegram says that nothing can be sent to this private chat. The first such moment is kept. */
export async function markUnreachable(db: Db, telegramId: number, reason: string): Promise<void> {
  await db
    .updateTable('person')
    .set({ unreachableSince: sql<Date>`now()`, unreachableReason: reason })
    .where('telegramId', '=', telegramId)
    .where('unreachableSince', 'is', null)
    .execute()
}

export async function markReachable(db: Db, telegramId: number): Promise<void> {
  await db
    .updateTable('person')
    .set({ unreachableSince: null, unreachableReason: null })
    .where('telegramId', '=', telegramId)
    .where('unreachableSince', 'is not', null)
    .execute()
}

function isSame(person: Person, profile: TelegramProfile): boolean {
  return (
    person.firstName === profile.firstName &&
    person.lastName === profile.lastName &&
    person.username === profile.username &&
    person.language === profile.language
  )
}

function toPerson(row: Omit<Person, 'language'> & { readonly language: string }): Person {
  return { ...row, language: row.language === 'en' ? 'en' : 'ru' }
}
