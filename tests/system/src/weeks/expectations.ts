import { isDeepStrictEqual } from 'node:util'
import { moscowText } from '@atermtrack/testkit'
import { happenings } from './oracle.ts'
import type { OracleEvent, OracleKind } from './oracle-event.ts'
import type { WeekReport } from './railway.ts'
import { freeDays } from './terminal-oracle.ts'

/** Somebody to whom events are reported. */
export interface ReaderTerms {
  readonly kinds: readonly OracleKind[]
  readonly wants: (event: OracleEvent) => boolean
  /** Kinds that come in one message with whatever else waits, and not one by one. */
  readonly gathered: readonly OracleKind[]
}

/** Like events of a message, as far as its text shows them. */
export interface LikeEventsSeen {
  readonly kind: string
  /** Of a forecast that has moved. */
  readonly direction: 'later' | 'earlier' | undefined
  readonly place: string | undefined
  readonly when: string
  /** By how many hours a forecast has moved: `13` or `13–15`. A gathered message does not say so. */
  readonly hours: string | undefined
  /** `12.06 08:00` or two of them, until when a terminal charges nothing, and the price of a day then; likewise. */
  readonly freeUntil: string | undefined
  readonly count: number
  readonly containers: readonly string[]
}

/** A message about events, as its reader sees it in the end. */
export interface AlertSeen {
  readonly groups: readonly LikeEventsSeen[]
  /** Containers of which it says that it was wrong about them. */
  readonly corrected: readonly string[]
}

/** Events of one kind, train and station, or whatever waited for the time of a message. */
type Form = 'like' | 'gathered'

interface Message {
  readonly events: Map<string, { readonly event: OracleEvent; readonly isCorrected: boolean }>
  readonly form: Form
  seen: AlertSeen
}

/** The messages that a reader must have got. */
export interface Expectations {
  /** Follows a change of the accepted reports: an import or an undo. */
  readonly follow: (reports: readonly WeekReport[]) => void
  /** Forgets the messages so far: nobody had subscribed. */
  readonly forget: () => void
  readonly messages: () => readonly AlertSeen[]
}

/** Containers that a message names, and a line of a gathered message. */
const mostNamed = { like: 20, gathered: 3 } as const
const leastMoveMs = 12 * 3_600_000
const reverses: Readonly<Partial<Record<OracleKind, OracleKind>>> = {
  picked_up: 'abandoned',
  long_idle_ended: 'long_idle_began',
  returned: 'missing',
}

/** Predicts the messages of a reader from what happens on the railway, and from when reports say so. */
export function expectMessages(reader: ReaderTerms): Expectations {
  const stored = new Map<string, { event: OracleEvent; isLive: boolean }>()
  const messages: Message[] = []

  const follow = (reports: readonly WeekReport[]): void => {
    const now = happenings(reports)
    const changed = new Map<string, { readonly isGone: boolean }>()
    for (const [key, known] of stored) {
      const event = { ...known.event, ...factsOf(now.get(key)) }
      const isLive = now.has(key)
      if (known.isLive !== isLive || !isDeepStrictEqual(event, known.event)) changed.set(key, { isGone: !isLive })
      stored.set(key, { event, isLive })
    }
    for (const message of messages) renew(message, { changed, stored })
    const fresh = [...now.values()].filter(({ key }) => !stored.has(key))
    for (const event of fresh) stored.set(event.key, { event, isLive: true })
    const reported = withoutNeedless(
      fresh.filter((event) => event.isNews && reader.kinds.includes(event.kind) && reader.wants(event)),
    )
    messages.push(...compose(reported, reader))
  }
  return { follow, forget: () => void messages.splice(0), messages: () => messages.map(({ seen }) => seen) }
}

/** A report can show the facts of an event otherwise than the one that was known first. */
function factsOf(event: OracleEvent | undefined): Partial<OracleEvent> {
  if (!event) return {}
  const { happenedAt, station, train, moved } = event
  return { happenedAt, station, train, ...(moved && { moved }) }
}

/** A message is edited when one of its events is withdrawn, is back, or has other facts. */
function renew(
  message: Message,
  {
    changed,
    stored,
  }: {
    readonly changed: ReadonlyMap<string, { readonly isGone: boolean }>
    readonly stored: ReadonlyMap<string, { readonly event: OracleEvent }>
  },
): void {
  if (![...message.events.keys()].some((key) => changed.has(key))) return
  for (const [key, { event, isCorrected }] of message.events) {
    const isGone = changed.get(key)?.isGone ?? isCorrected
    message.events.set(key, { event: stored.get(key)?.event ?? event, isCorrected: isGone })
  }
  message.seen = describe(message.events, message.form)
}

/** A state that began and ended before its report is not reported, nor is a forecast that another one has replaced or taken back. */
function withoutNeedless(events: readonly OracleEvent[]): readonly OracleEvent[] {
  const needless = new Set<OracleEvent>(replacedForecasts(events))
  for (const event of events.toSorted((a, b) => +a.happenedAt - +b.happenedAt)) {
    const isBegin = (other: OracleEvent) =>
      other.kind === reverses[event.kind] &&
      other.container === event.container &&
      other.waybill === event.waybill &&
      other.happenedAt <= event.happenedAt &&
      !needless.has(other)
    const begin = events.toSorted((a, b) => +a.happenedAt - +b.happenedAt).findLast(isBegin)
    if (begin) needless.add(begin).add(event)
  }
  return events.filter((event) => !needless.has(event))
}

/** Of the forecasts of a trip that wait the last one counts, if it still differs from what was announced before the first. */
function replacedForecasts(events: readonly OracleEvent[]): readonly OracleEvent[] {
  const ofTrips = new Map<string, OracleEvent[]>()
  for (const event of events.toSorted((a, b) => +a.happenedAt - +b.happenedAt)) {
    if (!event.moved) continue
    const trip = `${event.container} ${event.waybill}`
    ofTrips.set(trip, [...(ofTrips.get(trip) ?? []), event])
  }
  return [...ofTrips.values()].flatMap((moves) => {
    const [first, last] = [moves[0], moves.at(-1)]
    const isBack = first !== last && Math.abs(Number(last?.moved?.to) - Number(first?.moved?.from)) < leastMoveMs
    return isBack ? moves : moves.slice(0, -1)
  })
}

function compose(events: readonly OracleEvent[], reader: ReaderTerms): readonly Message[] {
  const isGathered = ({ kind }: OracleEvent) => reader.gathered.includes(kind)
  const toMessage = (group: readonly OracleEvent[], form: Form): Message => {
    const own = new Map(group.map((event) => [event.key, { event, isCorrected: false }]))
    return { events: own, form, seen: describe(own, form) }
  }
  const gathered = events.filter(isGathered)
  const like = [...byTopic(events.filter((event) => !isGathered(event))).values()]
  return [
    ...(gathered.length > 0 ? [toMessage(gathered, 'gathered')] : []),
    ...like.map((group) => toMessage(group, 'like')),
  ]
}

function byTopic(events: readonly OracleEvent[]): ReadonlyMap<string, OracleEvent[]> {
  const groups = new Map<string, OracleEvent[]>()
  for (const event of events) {
    const topic = [event.kind, directionOf(event), event.station, event.train?.index].join('|')
    groups.set(topic, [...(groups.get(topic) ?? []), event])
  }
  return groups
}

function directionOf({ moved }: OracleEvent): LikeEventsSeen['direction'] {
  if (!moved) return undefined
  return moved.to > moved.from ? 'later' : 'earlier'
}

function describe(events: Message['events'], form: Form): AlertSeen {
  const all = [...events.values()]
  const groups = byTopic(all.flatMap(({ event, isCorrected }) => (isCorrected ? [] : [event])))
  const corrected = all.flatMap(({ event, isCorrected }) => (isCorrected ? [event.container] : []))
  return {
    groups: [...groups.values()].map((group) => describeGroup(group, form)),
    corrected: [...new Set(corrected)].toSorted().slice(0, mostNamed.like),
  }
}

function describeGroup(events: readonly OracleEvent[], form: Form): LikeEventsSeen {
  const [first] = events
  if (!first) throw new Error('a group without an event')
  const containers = [...new Set(events.map(({ container }) => container))].toSorted()
  const { train } = first
  const hours = events.flatMap(({ moved }) =>
    moved ? [Math.round(Math.abs(+moved.to - +moved.from) / 3_600_000)] : [],
  )
  const ends = events.flatMap(({ freeUntil }) => freeUntil ?? [])
  const isLike = form === 'like'
  return {
    kind: first.kind,
    direction: directionOf(first),
    place: train ? `${first.station}, поезд ${train.number} (${train.index})` : first.station,
    when: span(events.map(({ happenedAt }) => happenedAt)),
    hours: isLike && hours.length > 0 ? [...new Set([Math.min(...hours), Math.max(...hours)])].join('–') : undefined,
    freeUntil: isLike && ends.length > 0 ? `${span(ends)}, ${String(freeDays.dayRate)}` : undefined,
    count: containers.length,
    containers: containers.slice(0, mostNamed[form]),
  }
}

/** `12.06 08:00`, or the first and the last of several. */
function span(moments: readonly Date[]): string {
  const times = moments.map((moment) => +moment)
  const texts = [Math.min(...times), Math.max(...times)].map((time) => dayAndTime(moscowText(new Date(time))))
  return [...new Set(texts)].join(' – ')
}

/** `12.06 08:00` of a date with its year. */
function dayAndTime(text: string): string {
  return text.replace(/\.\d{4}/, '')
}
