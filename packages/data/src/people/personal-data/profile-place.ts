import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import * as accessWaits from '../access-waits.ts'
import type { PersonalPlace, Subject } from './place.ts'

/** The row of the person, which stays without a name. Others who hold rows of theirs are waiting for it: it is erased last. */
export const profilePlace: PersonalPlace = {
  columns: ['person.access_decided_by'],
  async collect(db, { personId }) {
    const { telegramId, company, settings, access, ...profile } = await describePerson(db, personId)
    return { profile: { ...profile, telegramId }, settings, access: { ...access, company } }
  },
  async erase(tx, subject) {
    await accessWaits.keep(tx, subject.personId)
    await blankPerson(tx, subject)
  },
}

async function describePerson(db: Db, personId: number) {
  const row = await db
    .selectFrom('person')
    .leftJoin('company', 'company.id', 'person.companyId')
    .selectAll('person')
    .select('company.name as company')
    .where('person.id', '=', personId)
    .executeTakeFirstOrThrow()
  const {
    accessRequestedAt,
    accessDecidedAt,
    accessDecidedBy: _admin,
    companyId: _number,
    erasedAt: _never,
    ...rest
  } = row
  const {
    chosenLanguage,
    zone,
    quietFrom,
    quietUntil,
    hiddenCardParts,
    holdsAlerts,
    role,
    access,
    accessAbout,
    ...profile
  } = rest
  return {
    ...profile,
    settings: { chosenLanguage, zone, quietFrom, quietUntil, hiddenCardParts, holdsAlerts },
    access: {
      decision: access,
      role,
      about: accessAbout,
      requestedAt: accessRequestedAt,
      decidedAt: accessDecidedAt,
    },
  }
}

async function blankPerson(tx: Db, { personId, nobody }: Subject): Promise<void> {
  await tx
    .updateTable('person')
    .set({
      telegramId: nobody,
      firstName: '',
      lastName: null,
      username: null,
      language: 'ru',
      chosenLanguage: null,
      zone: null,
      quietFrom: null,
      quietUntil: null,
      hiddenCardParts: [],
      holdsAlerts: false,
      commandsShown: null,
      role: null,
      access: 'none',
      accessAbout: null,
      companyId: null,
      accessRequestedAt: null,
      accessDecidedAt: null,
      accessDecidedBy: null,
      noAccessToldAt: null,
      // Nothing is sent to them any more, not even what goes to everybody.
      unreachableSince: sql<Date>`now()`,
      unreachableReason: 'erased',
      erasedAt: sql<Date>`now()`,
    })
    .where('id', '=', personId)
    .execute()
}
