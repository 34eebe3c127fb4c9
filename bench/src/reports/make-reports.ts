import { containerNumber } from '@atermtrack/testkit'
import type pg from 'pg'

/** A subscription of each of this many people, each to this many of so many containers. */
export interface Morning {
  readonly subscriptions: number
  readonly containers: number
  readonly positions: number
}

/** Every so manieth list is that of the person before, as colleagues have it. */
const sharedEvery = 10

/** Inserts people with a subscription each, whose slot has come: its report waits as the dispatch leaves it. */
export async function insertMorning(
  client: pg.Client,
  { subscriptions, containers, positions }: Morning,
): Promise<void> {
  await client.query(
    `insert into person (telegram_id, language, access)
     select 7000000000 + n, 'ru', 'granted' from generate_series(1, $1::integer) n`,
    [subscriptions],
  )
  const lists = Array.from({ length: subscriptions }, (_, n) => {
    const start = (n % sharedEvery === 0 && n > 0 ? n - 1 : n) * containers
    return Array.from({ length: containers }, (_, place) => containerNumber((start + place) % positions))
  })
  await client.query(
    `insert into subscription (person_id, name, slots, zone, next_due_at)
     select id, 'Новосибирск', '{09:00}', 'Asia/Vladivostok', now() + interval '1 day' from person where telegram_id > 7000000000`,
  )
  await client.query(
    `insert into report (kind, person_id, chat_id, subscription_id, name, containers, local_date, slot, planned_at, enqueued_at)
     select 'slot', person.id, person.telegram_id, subscription.id, subscription.name, string_to_array(list.numbers, ','),
       current_date, '09:00', now(), now()
     from unnest($1::text[]) with ordinality as list (numbers, n)
     join person on person.telegram_id = 7000000000 + list.n join subscription on subscription.person_id = person.id`,
    [lists.map((list) => list.join(','))],
  )
  await client.query(
    `insert into subscription_item (subscription_id, container, place)
     select subscription_id, one.container, one.place from report, unnest(containers) with ordinality as one (container, place)`,
  )
}

/** Inserts a subscription to so many containers, and returns its id. */
export async function insertLongSubscription(client: pg.Client, containers: number): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into subscription (person_id, name, slots, zone, next_due_at)
     select id, 'Все', '{09:00}', 'Asia/Vladivostok', now() + interval '1 day' from person order by id limit 1 returning id`,
  )
  const id = Number(rows[0]?.id)
  await client.query(
    `insert into subscription_item (subscription_id, container, place)
     select $1, one.container, one.place from unnest($2::text[]) with ordinality as one (container, place)`,
    [id, numbersOf(containers)],
  )
  return id
}

/** Inserts the report of a slot of a subscription, so many days from today, and returns its id. */
export async function insertSlot(client: pg.Client, subscriptionId: number, days: number): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `insert into report (kind, person_id, chat_id, subscription_id, name, containers, local_date, slot, planned_at, enqueued_at)
     select 'slot', person.id, person.telegram_id, subscription.id, subscription.name,
       array(select container from subscription_item where subscription_id = subscription.id order by place),
       current_date + $2::integer, '09:00', now(), now()
     from subscription join person on person.id = subscription.person_id where subscription.id = $1 returning id`,
    [subscriptionId, days],
  )
  return Number(rows[0]?.id)
}

/** Moves every container on as a day does: another place, fewer kilometres, another train. */
export async function moveOn(client: pg.Client): Promise<void> {
  await client.query(
    `update position set station_id = station_id % 2000 + 1, km_left = greatest(km_left - 400, 0), train_index = '9822+001+1811',
       operated_at = operated_at + interval '20 hours', operated_wall = operated_wall + interval '20 hours'`,
  )
}

function numbersOf(containers: number): readonly string[] {
  return Array.from({ length: containers }, (_, n) => containerNumber(n))
}

/** Inserts the answer to one question about so many containers and returns its id. */
export async function insertLongReport(client: pg.Client, containers: number): Promise<number> {
  const numbers = numbersOf(containers)
  const { rows } = await client.query<{ id: string }>(
    `insert into report (kind, person_id, chat_id, name, containers, planned_at, enqueued_at)
     select 'lookup', id, telegram_id, 'Все', $1, now(), now() from person order by id limit 1 returning id`,
    [numbers],
  )
  return Number(rows[0]?.id)
}
