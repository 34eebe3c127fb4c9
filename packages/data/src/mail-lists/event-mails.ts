import { type EventKind, eventKinds } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { QueuedDelivery } from '../deliveries/deliveries.ts'
import type { Db } from '../platform/client.ts'
import type { MailList } from './mail-lists.ts'

/** An event with the facts that a mail shows. */
export interface MailedEvent {
  readonly id: number
  readonly container: string
  readonly kind: EventKind
  readonly happenedAt: Date
  readonly station: string | undefined
  readonly destination: string | undefined
  readonly waybill: string | undefined
  /** The code of the terminal's train, by the newest list that holds the container. */
  readonly trainCode: string | undefined
  readonly client: string | undefined
}

/** Events of one import come together in one mail, so these wait for a moment. */
const gatheredSeconds = 60
/** Events that were found longer ago are not news any more. */
const newsDays = 7

/** Locks a list for the rest of the transaction; undefined when another process mails its events, or it is gone. */
export async function lockList(tx: Db, id: number): Promise<MailList | undefined> {
  return tx
    .selectFrom('mailList')
    .select(['id', 'name', 'addresses', 'eventKinds', 'clients', 'trains'])
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
}

/** The events of a list that were not mailed to it, the oldest first: those that were found since it is there, and still hold. */
export async function listUnmailed(
  tx: Db,
  { id, eventKinds: kinds, clients, trains }: MailList,
  { limit }: { readonly limit: number },
): Promise<readonly MailedEvent[]> {
  const rows = await tx
    .selectFrom('event')
    .innerJoin('mailList', (join) => join.on('mailList.id', '=', id))
    .leftJoin('trip', 'trip.id', 'event.tripId')
    .leftJoin('station', 'station.id', 'event.stationId')
    .leftJoin('station as destination', 'destination.id', 'trip.destinationStationId')
    .leftJoinLateral(rideOf(tx).as('ride'), (join) => join.onTrue())
    .select([
      'event.id',
      'event.container',
      'event.kind',
      'event.happenedAt',
      'trip.waybill',
      'ride.trainCode',
      'ride.client',
    ])
    .select(['station.name as station', 'destination.name as destination'])
    .where('event.kind', '=', sql<string>`any(${kinds})`)
    .where('event.isNews', '=', true)
    .where('event.withdrawnAt', 'is', null)
    .whereRef('event.detectedAt', '>=', 'mailList.createdAt')
    .where(isReady)
    .where(sql<boolean>`not exists (
      select from event_mail_event as mailed where mailed.event_id = event.id and mailed.mail_list_id = ${id})`)
    .$if(trains.length > 0, (qb) => qb.where('ride.trainCode', '=', sql<string>`any(${trains})`))
    .$if(clients.length > 0, (qb) =>
      qb.where(
        sql<boolean>`exists (select from unnest(${clients}::text[]) as part where strpos(lower(ride.client), lower(part)) > 0)`,
      ),
    )
    .orderBy('event.id')
    .limit(limit)
    .execute()
  return rows.flatMap(({ kind, station, destination, waybill, trainCode, client, ...row }) =>
    isEventKind(kind)
      ? [
          {
            ...row,
            kind,
            station: station ?? undefined,
            destination: destination ?? undefined,
            waybill: waybill ?? undefined,
            trainCode: trainCode ?? undefined,
            client: client ?? undefined,
          },
        ]
      : [],
  )
}

const isReady = sql<boolean>`(event.detected_at > now() - make_interval(days => ${sql.lit(newsDays)})
  and event.detected_at < now() - make_interval(secs => ${sql.lit(gatheredSeconds)}))`

/** The newest list of a train that holds the container of an event. */
function rideOf(tx: Db) {
  return tx
    .selectFrom('trainRosterRow as row')
    .innerJoin('currentTrainRoster as roster', 'roster.workbookId', 'row.workbookId')
    .select(['row.container', 'roster.trainCode', 'row.client'])
    .where('row.isNewest', '=', true)
    .whereRef('row.container', '=', 'event.container' as never)
    .limit(1)
}

function isEventKind(kind: string): kind is EventKind {
  return eventKinds.some((known) => known === kind)
}

/** Stores a mail about events of a list with a delivery for each address. An event of the list is in no other mail: a second mail about it throws. */
export async function insertMail(
  tx: Db,
  mail: {
    readonly mailListId: number
    readonly eventIds: readonly number[]
    readonly fileName: string
    readonly content: Buffer
    readonly subject: string
    readonly text: string
    readonly addresses: readonly string[]
  },
): Promise<readonly QueuedDelivery[]> {
  const { mailListId, eventIds, fileName, content, subject, text, addresses } = mail
  const { id: eventMailId } = await tx
    .insertInto('eventMail')
    .values({ mailListId, fileName, content, events: eventIds.length })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`insert into event_mail_event (mail_list_id, event_id, event_mail_id)
    select ${mailListId}, event_id, ${eventMailId} from unnest(${eventIds}::bigint[]) as event_id`.execute(tx)
  if (addresses.length === 0) return []
  const common = { channel: 'email', kind: 'report', audience: 'anybody', eventMailId, subject, text } as const
  return tx
    .insertInto('delivery')
    .values(addresses.map((address) => ({ ...common, address, enqueuedAt: sql<Date>`now()` })))
    .returning(['id', 'channel', 'kind'])
    .execute()
}
