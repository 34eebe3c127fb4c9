import type { Concerned, ReaderOfAlerts, SeesContainer, WantedAlert } from '@atermtrack/data'
import {
  type AlertEvent,
  chooseWay,
  debounceSeconds,
  type EventTiming,
  type EventWish,
  nextSlot,
  severities,
  type Slot,
  topicOf,
  usualDigestSlots,
} from '@atermtrack/domain'

/** A message takes more events of its topic for so long; a later one begins a new message. */
const openMs = 3 * 60 * 60_000

export interface PlanFacts {
  readonly concerned: readonly Concerned[]
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

/** Decides who is to know of events, by the subscriptions and the rights of this moment, and in which messages: each event once. */
export function planAlerts(events: readonly AlertEvent[], facts: PlanFacts): AlertPlan {
  const readers = new Map(facts.readers.map((reader) => [reader.personId, reader]))
  const wishes = wishesByContainer(facts.concerned)
  const wanted = new Map<string, WantedAlert>()
  const planned: PlannedEvent[] = []
  for (const event of events) {
    for (const [personId, own] of wishes.get(event.container) ?? []) {
      const reader = readers.get(personId)
      if (!reader || !mayKnow(reader, event, facts.sees)) continue
      const way = chooseWay(event.kind, own)
      if (!way) continue
      const alert = way.how === 'digest' ? digestOf(way.wish, reader, facts.now) : likeAlert(event, reader, facts.now)
      const { chatId, topic } = alert
      const key = `${chatId} ${topic}`
      const known = wanted.get(key)
      if (!known || alert.dueAt < known.dueAt) wanted.set(key, alert)
      planned.push({ chatId, topic, eventId: event.id, subscriptionId: way.wish.subscriptionId })
    }
  }
  return { wanted: [...wanted.values()], events: planned }
}

function wishesByContainer(concerned: readonly Concerned[]): ReadonlyMap<string, ReadonlyMap<number, EventWish[]>> {
  const all = new Map<string, Map<number, EventWish[]>>()
  for (const { container, personId, eventTiming, ...wish } of concerned) {
    const people = all.get(container) ?? new Map<number, EventWish[]>()
    all.set(container, people)
    const own = people.get(personId) ?? []
    people.set(personId, own)
    own.push({ ...wish, eventTiming: eventTiming as EventTiming })
  }
  return all
}

/** Nothing is kept for somebody whom no message reaches. */
function mayKnow(
  { access, isReachable, emailAddressId }: ReaderOfAlerts,
  { container }: AlertEvent,
  sees: SeesContainer,
): boolean {
  return access.kind === 'allowed' && sees(access.scope, container) && (isReachable || emailAddressId !== null)
}

function likeAlert(event: AlertEvent, { personId, chatId }: ReaderOfAlerts, now: Date): WantedAlert {
  const debounceMs = debounceSeconds[severities[event.kind]] * 1_000
  return {
    personId,
    chatId,
    form: 'like',
    topic: topicOf(event),
    kind: event.kind,
    dueAt: new Date(now.getTime() + debounceMs),
    openUntil: new Date(now.getTime() + openMs),
  }
}

/** The digest of the next time: its topic names subscription, date and slot, so that there is one for ever. */
function digestOf(wish: EventWish, { personId, chatId }: ReaderOfAlerts, now: Date): WantedAlert {
  const { subscriptionId, zone } = wish
  const slots = (wish.digestSlots.length > 0 ? wish.digestSlots : usualDigestSlots) as readonly Slot[]
  const next = nextSlot({ slots, zone, after: now })
  if (!next) throw new Error(`subscription ${subscriptionId} has no time for its digest`)
  const { plannedAt, localDate, slot } = next
  const topic = `digest|${subscriptionId}|${localDate}|${slot}`
  return { personId, chatId, form: 'digest', topic, kind: null, dueAt: plannedAt, openUntil: plannedAt }
}
