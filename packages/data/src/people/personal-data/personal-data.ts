import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'
import * as audit from '../audit.ts'
import { messagePlaces } from './message-places.ts'
import { ownPlaces } from './own-places.ts'
import type { PersonalPlace } from './place.ts'
import { profilePlace } from './profile-place.ts'
import { reportPlaces } from './report-places.ts'
import { telegramIdOf } from './subject.ts'

/**
 * Every place where something is stored about people, in the order in which it is erased: what somebody takes along, what is counted, and what
 * an erasure reaches are this list.
 */
export const personalPlaces: readonly PersonalPlace[] = [...ownPlaces, ...reportPlaces, ...messagePlaces, profilePlace]

/** How much is stored about a person. */
export interface PersonalDataCounts {
  readonly subscriptions: number
  readonly questions: number
  readonly reports: number
  readonly deliveries: number
  readonly documents: number
  readonly messages: number
  readonly emailAddresses: number
  /** Entries of the record of who did what: they stay. */
  readonly actions: number
}

export async function count(db: Db, personId: number): Promise<PersonalDataCounts> {
  const subject = { personId, telegramId: await telegramIdOf(db, personId) }
  const counted = Object.assign({}, ...personalPlaces.map((place) => place.count?.(subject) ?? {})) as Readonly<
    Record<keyof PersonalDataCounts, RawBuilder<number>>
  >
  const row = await selectRow(db, counted, (list) => sql`select ${list}`)
  if (!row) throw new Error('an aggregate without a row')
  return row
}

/**
 * Everything that is stored about a person, under names that they can read, the person first. Deliveries are listed by their particulars: the
 * messages themselves are in the person's chat, and workbooks of reports hold nothing personal.
 */
export async function collect(db: Db, personId: number): Promise<Readonly<Record<string, unknown>>> {
  const subject = { personId, telegramId: await telegramIdOf(db, personId) }
  const collected: Record<string, unknown> = {}
  for (const place of [profilePlace, ...personalPlaces.filter((one) => one !== profilePlace)]) {
    Object.assign(collected, await place.collect?.(db, subject))
  }
  return collected
}

/**
 * Erases a person: rows of theirs alone are deleted, rows that others need stay without a trace of the person. `updateId` is the
 * update by which they ask for it, undefined on the command line; others of theirs that wait are closed, so that none brings the
 * person back. Needs a transaction.
 */
export async function erase(
  tx: Db,
  personId: number,
  { updateId, command }: { readonly updateId?: number; readonly command?: string } = {},
): Promise<void> {
  const telegramId = await telegramIdOf(tx, personId)
  const subject = { personId, telegramId, nobody: -personId, updateId: updateId ?? 0 }
  const actor = updateId === undefined ? { ...(command !== undefined && { command }) } : { actorId: personId, updateId }
  for (const place of personalPlaces) {
    // The record points at the row of the person, for which others are waiting: not before that row's turn.
    if (place === profilePlace)
      await audit.insert(tx, { ...actor, action: 'person.erased', object: `person:${personId}` })
    await place.erase?.(tx, subject)
  }
}
