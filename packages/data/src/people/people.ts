import { sql } from 'kysely'
import { isCompanyRemoved } from './access/allowed-people.ts'
import * as accessWaits from './access-waits.ts'
import { type Cost, count, counting, noFiles, toUsage, type Usage, type UsageRow } from '../updates/chat-usage.ts'
import { readNow } from '../platform/clock.ts'
import type { Db } from '../platform/client.ts'
import type { OpenDialog } from '../updates/dialogs.ts'
import { compileOnce } from '../platform/statements/compile-once.ts'
import { languageOf } from './person-language.ts'
import type { PersonAccess, PersonRole } from '../schema.generated.ts'

export interface Person {
  readonly id: number
  readonly telegramId: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  /** The code of the one to speak: chosen, else Telegram's. */
  readonly language: string
  readonly chosenLanguage: string | null
  readonly role: PersonRole | null
  readonly access: PersonAccess
  /** The time of the last request, one that was withdrawn by erasing included. */
  readonly accessRequestedAt: Date | null
  readonly accessDecidedAt: Date | null
  readonly unreachableSince: Date | null
  /** Without one a viewer sees everything. */
  readonly companyId: number | null
  readonly isCompanyRemoved: boolean
  readonly zone: string | null
  /** Local times `HH:MM`; both or none. */
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly hiddenCardParts: readonly string[]
  readonly holdsAlerts: boolean
  /** Names the list of commands that Telegram shows in the person's chat; null for the common one. */
  readonly commandsShown: string | null
}

/** What is known about somebody from every update of Telegram. */
export interface TelegramProfile {
  readonly telegramId: number
  readonly firstName: string
  readonly lastName: string | null
  readonly username: string | null
  readonly language: string
}

const plainColumns = [
  'id',
  'telegramId',
  'firstName',
  'lastName',
  'username',
  'language',
  'chosenLanguage',
  'role',
  'access',
  'accessRequestedAt',
  'accessDecidedAt',
  'unreachableSince',
  'companyId',
  'zone',
  'quietFrom',
  'quietUntil',
  'hiddenCardParts',
  'holdsAlerts',
  'commandsShown',
] as const

/** For a statement on `person`, also one that changes it. */
const columns = [...plainColumns, isCompanyRemoved('person').as('isCompanyRemoved')] as const

export interface Meeting {
  readonly person: Person
  /** The person's dialog in the chat. One that expired over a day ago is as good as none. */
  readonly dialog: OpenDialog | undefined
  /** The usage of the bot by the person, this time included. */
  readonly usage: Usage
  /** The time of the database. */
  readonly now: Date
}

/**
 * Finds the person who writes in a chat and the dialog they are in there; `cost` is counted as theirs. Names are brought up to date;
 * somebody new has no access.
 */
export async function meet(db: Db, profile: TelegramProfile, chatId: number, cost: Cost = noFiles): Promise<Meeting> {
  const meeting = await meetKnown(db, profile, chatId, cost)
  if (meeting) return meeting
  const person = await ensure(db, profile)
  return { person, dialog: undefined, usage: await count(db, profile.telegramId, cost), now: await readNow(db) }
}

/** As `meet`; undefined for somebody new, who is not counted. */
export async function meetKnown(
  db: Db,
  profile: TelegramProfile,
  chatId: number,
  cost: Cost = noFiles,
): Promise<Meeting | undefined> {
  const { rows } = await selectMeeting(db, { telegramId: profile.telegramId, chatId, ...cost })
  const [row] = rows
  if (!row) return undefined
  const { state, expired, questions, questionsRest, files, filesRest, bytes, bytesRest, now, ...person } = row
  return {
    person: isSame(person, profile) ? toPerson(person) : await ensure(db, profile),
    dialog: expired === null ? undefined : { state, expired },
    usage: toUsage({ questions, questionsRest, files, filesRest, bytes, bytesRest }),
    now,
  }
}

type BoundMeeting = Cost & { readonly telegramId: number; readonly chatId: number }

const selectMeeting = compileOnce((db, { telegramId, chatId, ...cost }: BoundMeeting) => {
  const isKnown = sql`exists (select from person where telegram_id = ${telegramId})`
  return db
    .with('used', () => sql<UsageRow>`(${counting(telegramId, cost, isKnown)})`)
    .selectFrom('person')
    .innerJoin('used', (join) => join.onTrue())
    .leftJoin('dialog', (join) =>
      join
        .onRef('dialog.personId', '=', 'person.id')
        .on('dialog.chatId', '=', chatId)
        .on('dialog.expiresAt', '>', sql<Date>`now() - interval '1 day'`),
    )
    .select(plainColumns.map((column) => `person.${column}` as const))
    .select(isCompanyRemoved('person').as('isCompanyRemoved'))
    .select(['dialog.state', sql<boolean | null>`dialog.expires_at <= now()`.as('expired'), sql<Date>`now()`.as('now')])
    .select(['questions', 'questionsRest', 'files', 'filesRest', 'bytes', 'bytesRest'])
    .where('telegramId', '=', telegramId)
    .compile()
})

/**
 * Adds somebody, or brings their names up to date. A person who erased their data during the wait before a request for access
 * goes on with this wait.
 */
export async function ensure(db: Db, { telegramId, ...names }: TelegramProfile): Promise<Person> {
  const row = await db
    .insertInto('person')
    .values({ telegramId, ...names, ...accessWaits.startOf(telegramId) })
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

/**
 * Records that somebody without access asks for it, and what they say of themselves; false when they have asked before, are let
 * in, or were turned down or withdrew a request less than a day ago.
 */
export async function requestAccess(db: Db, id: number, about: string | undefined): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('person')
    .set({ access: 'requested', accessRequestedAt: sql<Date>`now()`, accessAbout: about ?? null })
    .where('id', '=', id)
    .where('access', 'in', ['none', 'denied'])
    .where(accessWaits.isOver)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** A role, and for a viewer their company; without one they see everything. */
export type Rights =
  | { readonly role: 'admin' | 'operator' }
  | { readonly role: 'viewer'; readonly companyId: number | null }

/** Lets in a person with an open request, once; undefined when another admin was first. */
export async function letIn(
  db: Db,
  id: number,
  { rights, decidedBy }: { readonly rights: Rights; readonly decidedBy: number },
): Promise<Person | undefined> {
  const row = await db
    .updateTable('person')
    .set({ ...columnsOf(rights), access: 'granted', accessDecidedBy: decidedBy, accessDecidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '=', 'requested')
    .returning(columns)
    .executeTakeFirst()
  return row && toPerson(row)
}

/** Turns down who has an open request, once; undefined when somebody else was first. */
export async function turnDown(
  db: Db,
  id: number,
  { decidedBy }: { readonly decidedBy: number },
): Promise<Person | undefined> {
  const row = await db
    .updateTable('person')
    .set({ access: 'denied', accessDecidedBy: decidedBy, accessDecidedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('access', '=', 'requested')
    .returning(columns)
    .executeTakeFirst()
  return row && toPerson(row)
}

export interface AccessRequest {
  readonly person: Person
  /** Their own words about themselves. */
  readonly about: string | null
  /** The name of the company they belong to, one that is removed included. */
  readonly companyName: string | null
  /** Undefined while the request is open, and for what was decided on the command line. */
  readonly decidedBy: Person | undefined
}

/** The latest request of somebody for access, and how it ended; undefined for somebody who has never asked. */
export async function findRequest(db: Db, id: number): Promise<AccessRequest | undefined> {
  const row = await db
    .selectFrom('person')
    .leftJoin('company', 'company.id', 'person.companyId')
    .select(['person.access', 'person.accessAbout as about', 'person.accessDecidedBy as decidedBy'])
    .select('company.name as companyName')
    .where('person.id', '=', id)
    .where('person.access', '!=', 'none')
    .executeTakeFirst()
  if (!row) return undefined
  const { access, about, companyName } = row
  const decidedBy = access === 'requested' || row.decidedBy === null ? undefined : await get(db, row.decidedBy)
  return { person: await get(db, id), about, companyName, decidedBy }
}

/** Everybody who has written to the bot, first comers first. */
export async function list(db: Db): Promise<readonly Person[]> {
  const rows = await db.selectFrom('person').select(columns).where('erasedAt', 'is', null).orderBy('id').execute()
  return rows.map(toPerson)
}

/** Lets somebody in with a role, whatever was decided before; undefined when they have never written to the bot. */
export async function grant(
  db: Db,
  telegramId: number,
  role: PersonRole,
  companyId: number | null = null,
): Promise<Person | undefined> {
  const row = await db
    .updateTable('person')
    .set({
      role,
      companyId: role === 'viewer' ? companyId : null,
      access: 'granted',
      accessDecidedAt: sql<Date>`now()`,
      accessDecidedBy: null,
    })
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

export function columnsOf(rights: Rights) {
  return { role: rights.role, companyId: rights.role === 'viewer' ? rights.companyId : null }
}

function isSame(person: Omit<TelegramProfile, 'language'> & { readonly language: string }, profile: TelegramProfile) {
  return (
    person.firstName === profile.firstName &&
    person.lastName === profile.lastName &&
    person.username === profile.username &&
    person.language === profile.language
  )
}

function toPerson(row: Person): Person {
  return { ...row, language: languageOf(row) }
}
