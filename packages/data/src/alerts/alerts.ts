import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { rowList } from '../platform/statements/row-list.ts'

/** Like events, or what is gathered: see the table `alert`. */
export type AlertForm = 'like' | 'digest' | 'morning' | 'more'

/** A message that is to take events. */
export interface WantedAlert {
  /** Whose rights count; for a group the owner of the subscription. */
  readonly personId: number
  readonly chatId: number
  /** The topic of a group. */
  readonly threadId: number | null
  readonly form: AlertForm
  readonly topic: string
  /** The kind of like events. */
  readonly kind: string | null
  readonly dueAt: Date
  /** A new message takes further events until then. */
  readonly openUntil: Date
}

/** Finds the id of the message of a topic in a chat. */
export type AlertIdOf = (alert: Pick<WantedAlert, 'chatId' | 'topic'>) => number

const rowsPerInsert = 1_000

/**
 * Opens the messages that are wanted, or finds those that still take events, and lets them be reported when they are due. Like events need
 * `lockRouting` before it. Each topic of a chat stands in the list once.
 */
export async function open(tx: Db, wanted: readonly WantedAlert[]): Promise<AlertIdOf> {
  const ids = new Map((await listOpen(tx, wanted)).map((row) => [keyOf(row), row.id]))
  const known = wanted.flatMap((alert) => {
    const id = ids.get(keyOf(alert))
    return id === undefined ? [] : [{ id, dueAt: alert.dueAt.toISOString() }]
  })
  if (known.length > 0) await makeDue(tx, known)
  const fresh = wanted.filter((alert) => !ids.has(keyOf(alert)))
  for (let start = 0; start < fresh.length; start += rowsPerInsert) {
    const rows = await tx
      .insertInto('alert')
      .values(fresh.slice(start, start + rowsPerInsert))
      // A gathered message that another process has begun at the same moment.
      .onConflict((conflict) =>
        conflict
          .columns(['chatId', 'topic'])
          .where('form', '!=', sql.lit('like'))
          .doUpdateSet({ dueAt: sql<Date>`least(alert.due_at, excluded.due_at)` }),
      )
      .returning(['id', 'chatId', 'topic'])
      .execute()
    for (const row of rows) ids.set(keyOf(row), row.id)
  }
  return (alert) => {
    const id = ids.get(keyOf(alert))
    if (id === undefined) throw new Error(`no message is open for ${alert.topic}`)
    return id
  }
}

async function listOpen(tx: Db, wanted: readonly WantedAlert[]) {
  const asked = rowList(
    'asked',
    { chatId: 'bigint', topic: 'text' },
    wanted.map(({ chatId, topic }) => ({ chatId, topic })),
  )
  return tx
    .selectFrom(asked)
    .innerJoin('alert', (join) =>
      join.onRef('alert.chatId', '=', 'asked.chatId').onRef('alert.topic', '=', 'asked.topic'),
    )
    .select(['alert.id', 'alert.chatId', 'alert.topic'])
    .where((eb) => eb.or([eb('form', '!=', 'like'), eb('openUntil', '>', sql<Date>`now()`)]))
    .orderBy('alert.id')
    .execute()
}

async function makeDue(tx: Db, known: readonly { readonly id: number; readonly dueAt: string }[]): Promise<void> {
  await tx
    .updateTable('alert')
    .from(rowList('asked', { id: 'bigint', dueAt: 'timestamptz' }, known))
    .set({ dueAt: sql<Date>`least(alert.due_at, asked.due_at)` })
    .whereRef('alert.id', '=', 'asked.id')
    .execute()
}

/** An event that waits to be reported in a message. */
export interface WaitingEvent {
  readonly chatId: number
  readonly eventId: number
  readonly alertId: number
  readonly subscriptionId: number
}

/** Adds events to their messages; what a chat has got already stays as it is. */
export async function insertEvents(tx: Db, events: readonly WaitingEvent[]): Promise<void> {
  if (events.length === 0) return
  await tx
    .insertInto('alertEvent')
    .columns(['chatId', 'eventId', 'alertId', 'subscriptionId'])
    .expression((eb) =>
      eb
        .selectFrom(
          rowList(
            'added',
            { chatId: 'bigint', eventId: 'bigint', alertId: 'bigint', subscriptionId: 'bigint' },
            events,
          ),
        )
        .select(['added.chatId', 'added.eventId', 'added.alertId', 'added.subscriptionId']),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Lets the events that wait in one message wait in another one. */
export async function moveWaiting(
  tx: Db,
  moves: readonly { readonly from: number; readonly to: number }[],
): Promise<void> {
  if (moves.length === 0) return
  await tx
    .updateTable('alertEvent')
    .from(rowList('move', { from: 'bigint', to: 'bigint' }, moves))
    .set((eb) => ({ alertId: eb.ref('move.to') }))
    .whereRef('alertEvent.alertId', '=', 'move.from')
    .where('alertEvent.status', '=', 'waiting')
    .execute()
}

/** Records of what waits whether it is reported now, or never. */
export async function recordEndings(
  tx: Db,
  events: readonly { readonly chatId: number; readonly eventId: number; readonly status: 'reported' | 'dropped' }[],
): Promise<void> {
  if (events.length === 0) return
  await tx
    .updateTable('alertEvent')
    .from(rowList('ending', { chatId: 'bigint', eventId: 'bigint', status: 'text' }, events))
    .set((eb) => ({ status: eb.ref('ending.status') }))
    .whereRef('alertEvent.chatId', '=', 'ending.chatId')
    .whereRef('alertEvent.eventId', '=', 'ending.eventId')
    .where('alertEvent.status', '=', 'waiting')
    .execute()
}

function keyOf({ chatId, topic }: { readonly chatId: number; readonly topic: string }): string {
  return `${chatId} ${topic}`
}
