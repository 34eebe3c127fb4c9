import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import type { DeliveryChannel, DeliveryKind, DeliveryStatus } from '../../schema.generated.ts'
import { receivesMail } from '../email-addresses.ts'
import { fullName } from '../names.ts'
import { languageOf } from '../person-language.ts'
import { find, type ListedPerson } from './people-list.ts'

/** The facts about somebody that admins see. */
export interface PersonCard extends ListedPerson {
  /** The code of the one that the bot speaks to them. */
  readonly language: string
  readonly zone: string | null
  /** Their own words about themselves, from the request for access. */
  readonly about: string | null
  readonly metAt: Date
  readonly requestedAt: Date | null
  /** Null when nothing is known of the last months. */
  readonly lastSeenAt: Date | null
  readonly subscriptions: number
  readonly lookups: { readonly ofWeek: number; readonly ofMonth: number }
  readonly getsMail: boolean
  /** The newest decisions about their access, the newest first. */
  readonly decisions: readonly AccessDecision[]
  /** Messages to them that have left or failed, the newest first. */
  readonly deliveries: readonly EndedDelivery[]
}

export interface AccessDecision {
  readonly action: string
  readonly at: Date
  /** Null for the command line, and for somebody whose data are erased. */
  readonly actorName: string | null
  readonly command: string | null
}

export interface EndedDelivery {
  readonly kind: DeliveryKind
  readonly channel: DeliveryChannel
  readonly status: DeliveryStatus
  readonly at: Date
  readonly error: string | null
}

/** So many deliveries are looked at for failures. */
export const recentDeliveries = 50
const mostDecisions = 2

/** Undefined for somebody whose data are erased. */
export async function load(db: Db, id: number): Promise<PersonCard | undefined> {
  const person = await find(db, id)
  if (!person) return undefined
  const { language, chosenLanguage, ofWeek, ofMonth, ...facts } = await readFacts(db, id)
  return {
    ...person,
    ...facts,
    language: languageOf({ language, chosenLanguage }),
    lookups: { ofWeek, ofMonth },
    decisions: await listDecisions(db, id),
    deliveries: await listEnded(db, id),
  }
}

async function readFacts(db: Db, id: number) {
  const lookupsOf = (days: number) => sql<number>`(select count(*) from lookup
    where lookup.person_id = person.id and lookup.created_at > now() - make_interval(days => ${days}))`
  return db
    .selectFrom('person')
    .select(['language', 'chosenLanguage', 'zone', 'accessAbout as about', 'createdAt as metAt'])
    .select('accessRequestedAt as requestedAt')
    .select([
      sql<Date | null>`coalesce(
        (select minute_from from chat_usage where chat_usage.chat_id = person.telegram_id),
        (select max(day)::timestamptz from person_day where person_day.person_id = person.id))`.as('lastSeenAt'),
      sql<number>`(select count(*) from subscription
        where subscription.person_id = person.id and subscription.deleted_at is null)`.as('subscriptions'),
      lookupsOf(7).as('ofWeek'),
      lookupsOf(30).as('ofMonth'),
      sql<boolean>`exists (select from email_address where email_address.person_id = person.id and ${receivesMail})`.as(
        'getsMail',
      ),
    ])
    .where('person.id', '=', id)
    .executeTakeFirstOrThrow()
}

async function listDecisions(db: Db, id: number): Promise<readonly AccessDecision[]> {
  return db
    .selectFrom('audit')
    .leftJoin('person as actor', 'actor.id', 'audit.actorId')
    .select(['audit.action', 'audit.createdAt as at', 'audit.command'])
    .select(fullName('actor').as('actorName'))
    .where('audit.object', '=', `person:${id}`)
    .where('audit.action', 'in', ['access.granted', 'access.denied', 'access.changed', 'access.taken'])
    .orderBy('audit.id', 'desc')
    .limit(mostDecisions)
    .execute()
}

/** The condition is that of an index, word by word. */
async function listEnded(db: Db, id: number): Promise<readonly EndedDelivery[]> {
  return db
    .selectFrom('delivery')
    .select(['kind', 'channel', 'status', 'error'])
    .select(sql<Date>`coalesce(finished_at, sending_at, created_at)`.as('at'))
    .where('personId', '=', id)
    .where(sql<boolean>`status not in ('pending', 'retry', 'sending')`)
    .orderBy('delivery.id', 'desc')
    .limit(recentDeliveries)
    .execute()
}
