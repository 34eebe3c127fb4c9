import type { DueAlert, EventOfAlert, ReaderOfAlerts, SeesContainer, WantedAlert } from '@atermtrack/data'
import { severities, findNeedless, tellOrHold } from '@atermtrack/domain'
import { topicAt } from './plan-alerts.ts'

export interface DecisionFacts {
  /** Undefined for somebody who is erased. */
  readonly reader: ReaderOfAlerts | undefined
  /** The events of the message, and whatever else waits in its chat. */
  readonly events: readonly EventOfAlert[]
  readonly sees: SeesContainer
  /** Messages of alerts that the reader got within the last hour. */
  readonly messagesThisHour: number
  /** The message may have reached its reader. */
  readonly hasLeft: boolean
  readonly mostPerHour: number
  /** A forecast of arrival has moved when it differs by so many hours. */
  readonly forecastMovedHours: number
  /** Zone of people who have chosen none. */
  readonly scheduleZone: string
  readonly emailIsOn: boolean
}

/** An event that waits, and what becomes of it. */
export interface Ending {
  readonly chatId: number
  readonly eventId: number
  readonly status: 'reported' | 'dropped'
}

/** The decision about a message that is due. */
export type AlertDecision = { readonly endings: readonly Ending[] } & (
  | { readonly kind: 'nothing' }
  /** Nothing of it is left, and its reader has not seen it: deliveries that wait do not leave. */
  | { readonly kind: 'cancel' }
  | {
      readonly kind: 'tell' | 'mail'
      readonly shown: readonly EventOfAlert[]
      readonly corrected: readonly EventOfAlert[]
    }
  /** Its waiting events wait in another message from now on. */
  | { readonly kind: 'move'; readonly to: WantedAlert }
)

const hourMs = 3_600_000

/** Decides about a message that is due, by the rights of this moment: whether it is reported, corrected, held back or dropped. */
export function decideAlert(alert: DueAlert, facts: DecisionFacts): AlertDecision {
  const { reader, events, sees } = facts
  const own = events.filter(({ alertId }) => alertId === alert.id)
  const scope = reader?.access.kind === 'allowed' ? reader.access.scope : undefined
  const isSeen = ({ container }: EventOfAlert) => scope !== undefined && sees(scope, container)
  const waiting = events.filter(({ status, isWithdrawn }) => status === 'waiting' && !isWithdrawn)
  const needless = findNeedless(waiting, facts)
  const fresh = waiting.filter(
    (event) => event.alertId === alert.id && !needless.has(event.id) && event.isWanted && isSeen(event),
  )
  const dropped = waiting.filter(
    (event) => needless.has(event.id) || (event.alertId === alert.id && !fresh.includes(event)),
  )
  const drops = endAll(dropped, 'dropped')
  const isGone = ({ status, isWithdrawn }: EventOfAlert) =>
    status === 'corrected' || (status === 'reported' && isWithdrawn)
  const corrected = own.filter((event) => isGone(event) && isSeen(event))
  const shown = [...own.filter((event) => event.status === 'reported' && !event.isWithdrawn && isSeen(event)), ...fresh]
  if (!reader || !scope) return { kind: 'nothing', endings: drops }
  if (!reader.isReachable) return byEmail(fresh, reader, facts, drops)
  if (shown.length === 0) {
    const kind = facts.hasLeft && corrected.length > 0 ? 'tell' : 'cancel'
    return { kind, shown, corrected, endings: drops }
  }
  const telling = tellOrHold(alert, alertReaderOf(reader, facts), { now: alert.now, mostPerHour: facts.mostPerHour })
  if (telling.kind === 'hold') return { kind: 'move', to: morningAlert(alert, telling.until), endings: drops }
  if (telling.kind === 'gather') return { kind: 'move', to: gatheredAlert(alert), endings: drops }
  return {
    kind: 'tell',
    shown,
    corrected: facts.hasLeft ? corrected : [],
    endings: [...drops, ...endAll(fresh, 'reported')],
  }
}

/** Only what is urgent goes by e-mail, for which nobody has asked; a message is not edited there. */
function byEmail(
  fresh: readonly EventOfAlert[],
  { emailAddressId }: ReaderOfAlerts,
  { emailIsOn }: DecisionFacts,
  drops: readonly Ending[],
): AlertDecision {
  const urgent = fresh.filter(({ kind }) => severities[kind] === 'urgent')
  if (!emailIsOn || emailAddressId === null || urgent.length === 0) {
    return { kind: 'nothing', endings: [...drops, ...endAll(fresh, 'dropped')] }
  }
  return { kind: 'mail', shown: urgent, corrected: [], endings: [...drops, ...endAll(fresh, 'reported')] }
}

function alertReaderOf({ quietHours, zone, holdsAlerts }: ReaderOfAlerts, facts: DecisionFacts) {
  const { messagesThisHour, scheduleZone } = facts
  return { quietHours, zone: zone ?? scheduleZone, holds: holdsAlerts, messagesThisHour }
}

type Planned = Extract<ReturnType<typeof tellOrHold>, { readonly kind: 'hold' }>['until']

function morningAlert(alert: DueAlert, { plannedAt, localDate, slot }: Planned): WantedAlert {
  const place = placeOf(alert)
  const topic = topicAt(place, `morning|${localDate}|${slot}`)
  return { ...place, form: 'morning', topic, kind: null, dueAt: plannedAt, openUntil: plannedAt }
}

/** One message for each hour; it is reported at once, and edited as it grows. */
function gatheredAlert(alert: DueAlert): WantedAlert {
  const { now } = alert
  const place = placeOf(alert)
  const hour = new Date(Math.floor(now.getTime() / hourMs) * hourMs)
  const openUntil = new Date(hour.getTime() + hourMs)
  const topic = topicAt(place, `more|${hour.toISOString()}`)
  return { ...place, form: 'more', topic, kind: null, dueAt: now, openUntil }
}

function placeOf({ personId, chatId, threadId }: DueAlert) {
  return { personId, chatId, threadId }
}

function endAll(events: readonly EventOfAlert[], status: Ending['status']): readonly Ending[] {
  return events.map(({ chatId, id }) => ({ chatId, eventId: id, status }))
}
