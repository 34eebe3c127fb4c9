import { createDirectory, defaultStandingAfterMinutes, everything, readFilter, toWall } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { readNow } from '../platform/clock.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { listStations } from '../positions/directory.ts'
import { search } from '../positions/position-search.ts'
import { isAfterTripOfRoster } from '../trains/roster-trip.ts'
import { isStillListed, partiesNamed, stationsNamed } from './subject-sql.ts'
import type { SubscriptionSettings } from './subscriptions.ts'

/** A subscription that a container belongs to, with what it wants to know of events. */
export interface Concerned extends Pick<
  SubscriptionSettings,
  'name' | 'eventKinds' | 'eventTiming' | 'digestSlots' | 'zone'
> {
  readonly subscriptionId: number
  readonly personId: number
  readonly container: string
  readonly isWatchList: boolean
}

/** Questions beyond this number are not asked: each takes a statement. */
const mostQuestions = 500

/**
 * The subscriptions that the containers belong to, one row for each pair: those that are neither deleted nor paused. A subscription
 * to more than a list is about live positions alone. Rights are those of the reader at the moment of sending: the caller checks
 * them. One statement, and one more for each distinct question that somebody has subscribed to.
 */
export async function findConcerned(
  db: Db,
  containers: readonly string[],
  { standingAfterMinutes = defaultStandingAfterMinutes }: { readonly standingAfterMinutes?: number } = {},
): Promise<readonly Concerned[]> {
  if (containers.length === 0) return []
  const asked = sql`unnest(${containers}::text[]) as asked (container)`
  const rows = await selectRows(
    db,
    { ...columns, container: sql<string>`concerned.container` },
    (list) => sql`
    with concerned as (
      ${byList(containers)} union ${byTrain(asked)} union ${byCompany(asked)} union ${byClient(containers)}
      union ${byDestination(containers)}
    )
    select ${list} from concerned
    join subscription on subscription.id = concerned.subscription_id
    where ${isActive}`,
  )
  return [...rows, ...(await findByQuestion(db, containers, standingAfterMinutes))]
}

/** A row of `subscription` that is neither deleted nor paused now. */
export const isActive: RawBuilder<boolean> = sql`(subscription.deleted_at is null
  and (subscription.paused_at is null or subscription.paused_until <= now()))`

const columns = {
  subscriptionId: sql<number>`subscription.id`,
  personId: sql<number>`subscription.person_id`,
  name: sql<string>`subscription.name`,
  isWatchList: sql<boolean>`subscription.is_watch_list`,
  eventKinds: sql<string[] | null>`subscription.event_kinds`,
  eventTiming: sql<Concerned['eventTiming']>`subscription.event_timing`,
  digestSlots: sql<string[]>`subscription.digest_slots`,
  zone: sql<string>`subscription.zone`,
}

type Pairs = RawBuilder<{ readonly subscriptionId: number; readonly container: string }>

function byList(containers: readonly string[]): Pairs {
  return sql`select item.subscription_id, item.container from subscription_item as item
    join subscription on subscription.id = item.subscription_id and subscription.subject = 'containers'
    where item.container = any(${containers}::text[]) and item.left_at is null`
}

/** A container that has begun another trip since, or waits at a terminal for one, no longer rides in the train. */
function byTrain(asked: RawBuilder<unknown>): Pairs {
  return sql`select subscription.id, asked.container from ${asked}
    join train_roster_row as line on line.container = asked.container
    join current_train_roster as list on list.workbook_id = line.workbook_id
    join subscription on subscription.subject = 'train' and subscription.subject_text = list.train_code and ${isActive}
    left join position on position.container = asked.container
    where ${isAfterTripOfRoster} is not true and not exists (
      select from terminal_visit as stay where stay.container = asked.container
        and stay.arrived_at > list.sent_at and stay.arrived_at > position.trip_ended_at)`
}

/** Without a company it is everything that its owner sees: the rights of the reader decide. */
function byCompany(asked: RawBuilder<unknown>): Pairs {
  return sql`select subscription.id, asked.container from ${asked}
    join position on position.container = asked.container and position.is_live
    left join trip on trip.id = position.trip_id
    join subscription on subscription.subject = 'company' and ${isActive}
    where ${isStillListed(sql`subscription.leaves_after_days`)} and (subscription.company_id is null or exists (
      select from container_party as named
      join company_party as client on client.party_id = named.party_id
      join company as owning on owning.id = client.company_id and owning.deleted_at is null
      where named.container = asked.container and (owning.id = subscription.company_id or owning.is_shared)))`
}

function byClient(containers: readonly string[]): Pairs {
  return sql`select meant.id, named.container
    from (
      select subscription.id, subscription.leaves_after_days, client.id as party_id from subscription
      cross join lateral (${partiesNamed(sql.ref('subscription.subject_text'))}) as client
      where subscription.subject = 'client' and ${isActive}
    ) as meant
    join container_party as named on named.party_id = meant.party_id and named.is_live
    join position on position.container = named.container
    left join trip on trip.id = position.trip_id
    where named.container = any(${containers}::text[]) and ${isStillListed(sql`meant.leaves_after_days`)}`
}

function byDestination(containers: readonly string[]): Pairs {
  return sql`select meant.id, position.container
    from (
      select subscription.id, subscription.leaves_after_days, there.id as station_id from subscription
      cross join lateral (${stationsNamed(sql.ref('subscription.subject_text'))}) as there
      where subscription.subject = 'destination' and ${isActive}
    ) as meant
    join position on position.destination_station_id = meant.station_id and position.is_live
    left join trip on trip.id = position.trip_id
    where position.container = any(${containers}::text[]) and ${isStillListed(sql`meant.leaves_after_days`)}`
}

type Asking = Omit<Concerned, 'container'> & { readonly subjectText: string }

async function findByQuestion(
  db: Db,
  containers: readonly string[],
  standingAfterMinutes: number,
): Promise<readonly Concerned[]> {
  const rows = await selectRows(
    db,
    { ...columns, subjectText: sql<string>`subscription.subject_text` },
    (list) => sql`select ${list} from subscription where subscription.subject = 'question' and ${isActive}`,
  )
  if (rows.length === 0) return []
  const directory = createDirectory(await listStations(db))
  const now = await readNow(db)
  const concerned: Concerned[] = []
  for (const subscriptions of byQuestion(rows).slice(0, mostQuestions)) {
    const { subjectText, zone } = subscriptions[0]
    const reading = readFilter(subjectText, { directory, today: toWall(now, zone).slice(0, 10) })
    if (!reading) continue
    const options = { scope: everything, standingAfterMinutes, zone, among: containers }
    const { found } = await search(db, reading.filter, options)
    for (const { subjectText: _subjectText, ...subscription } of subscriptions) {
      concerned.push(...found.map(({ container }) => ({ ...subscription, container })))
    }
  }
  return concerned
}

/** Subscriptions that ask the same in the same zone, together. */
function byQuestion(rows: readonly Asking[]): readonly [Asking, ...Asking[]][] {
  const groups = new Map<string, [Asking, ...Asking[]]>()
  for (const row of rows) {
    const key = `${row.zone} ${row.subjectText}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}
