import {
  alertReaders,
  type Concerned,
  type ReaderOfAlerts,
  type SeesContainer,
  type WantedAlert,
} from '@atermtrack/data'
import {
  type AlertEvent,
  chooseWay,
  debounceSeconds,
  type EventWish,
  nextSlot,
  severities,
  type Slot,
  topicOf,
  usualDigestSlots,
} from '@atermtrack/domain'

/** A message takes more events of its topic for so long; a later one begins a new message. */
const openMs = 3 * 60 * 60_000

/** A container of a subscription, and who is to know of it: the person, or a group that the person has it sent to. */
export interface Wish extends Concerned {
  readonly group?: { readonly chatId: number; readonly threadId: number | null }
}

export interface PlanFacts {
  readonly concerned: readonly Wish[]
  readonly readers: readonly ReaderOfAlerts[]
  readonly sees: SeesContainer
  readonly now: Date
}

/** An event in the message that is to tell it. */
export interface PlannedEvent {
  readonly chatId: number
  readonly topic: string
  readonly eventId: number
  readonly subscriptionId: number
}

export interface AlertPlan {
  /** Each topic of a chat once. */
  readonly wanted: readonly WantedAlert[]
  readonly events: readonly PlannedEvent[]
}

/**
 * Decides who is to know of events, by the subscriptions and the rights of this moment, and in which messages: each event once in a
 * chat.
 */
export function planAlerts(events: readonly AlertEvent[], facts: PlanFacts): AlertPlan {
  const readers = new Map(facts.readers.map((reader) => [alertReaders.readerKey(reader), reader]))
  const wishes = wishesByContainer(facts.concerned)
  const wanted = new Map<string, WantedAlert>()
  const planned = new Map<string, PlannedEvent>()
  for (const event of events) {
    for (const { key, threadId, wishes: own } of wishes.get(event.container) ?? []) {
      const reader = readers.get(key)
      if (!reader || !mayKnow(reader, event, facts.sees)) continue
      const chatAndEvent = `${reader.chatId} ${event.id}`
      const way = planned.has(chatAndEvent) ? undefined : chooseWay(event.kind, own)
      if (!way) continue
      const place = { personId: reader.personId, chatId: reader.chatId, threadId }
      const alert = way.how === 'digest' ? digestOf(way.wish, place, facts.now) : likeAlert(event, place, facts.now)
      const { chatId, topic } = alert
      const known = wanted.get(`${chatId} ${topic}`)
      if (!known || alert.dueAt < known.dueAt) wanted.set(`${chatId} ${topic}`, alert)
      planned.set(chatAndEvent, { chatId, topic, eventId: event.id, subscriptionId: way.wish.subscriptionId })
    }
  }
  return { wanted: [...wanted.values()], events: [...planned.values()] }
}

/** Where a message goes, and whose rights count there. */
type AlertPlace = Pick<WantedAlert, 'personId' | 'chatId' | 'threadId'>

/** In a group the messages for each owner and each topic are apart: one who loses access takes nobody else's along. */
export function topicAt({ personId, chatId, threadId }: AlertPlace, topic: string): string {
  return chatId > 0 ? topic : `${personId}|${threadId ?? '-'}|${topic}`
}

/** The wishes about a container that meet in one place. */
interface WishesOfReader {
  readonly key: string
  readonly threadId: number | null
  readonly wishes: EventWish[]
}

function wishesByContainer(concerned: readonly Wish[]): ReadonlyMap<string, readonly WishesOfReader[]> {
  const all = new Map<string, Map<string, WishesOfReader>>()
  // Of several topics of a group the one of the oldest subscription gets the event.
  const inOrder = concerned.toSorted((a, b) => a.subscriptionId - b.subscriptionId)
  for (const { container, personId, group, ...wish } of inOrder) {
    const readers = all.get(container) ?? new Map<string, WishesOfReader>()
    all.set(container, readers)
    const threadId = group?.threadId ?? null
    const key = alertReaders.readerKey({ personId, chatId: group?.chatId, threadId })
    const own = readers.get(key) ?? { key, threadId, wishes: [] }
    readers.set(key, own)
    own.wishes.push(wish)
  }
  return new Map([...all].map(([container, readers]) => [container, [...readers.values()]]))
}

/** Nothing is kept for somebody whom no message reaches. */
function mayKnow(
  { access, isReachable, emailAddressId }: ReaderOfAlerts,
  { container }: AlertEvent,
  sees: SeesContainer,
): boolean {
  return access.kind === 'allowed' && sees(access.scope, container) && (isReachable || emailAddressId !== null)
}

function likeAlert(event: AlertEvent, place: AlertPlace, now: Date): WantedAlert {
  const debounceMs = debounceSeconds[severities[event.kind]] * 1_000
  return {
    ...place,
    form: 'like',
    topic: topicAt(place, topicOf(event)),
    kind: event.kind,
    dueAt: new Date(now.getTime() + debounceMs),
    openUntil: new Date(now.getTime() + openMs),
  }
}

/** The digest of the next time: its topic names subscription, date and slot, so that there is one for ever. */
function digestOf(wish: EventWish, place: AlertPlace, now: Date): WantedAlert {
  const { subscriptionId, zone } = wish
  const slots = (wish.digestSlots.length > 0 ? wish.digestSlots : usualDigestSlots) as readonly Slot[]
  const next = nextSlot({ slots, zone, after: now })
  if (!next) throw new Error(`subscription ${subscriptionId} has no time for its digest`)
  const { plannedAt, localDate, slot } = next
  const topic = topicAt(place, `digest|${subscriptionId}|${localDate}|${slot}`)
  return { ...place, form: 'digest', topic, kind: null, dueAt: plannedAt, openUntil: plannedAt }
}
