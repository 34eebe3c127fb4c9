import type { DueAlert, EventOfAlert } from '@atermtrack/data'
import { directionOf, groupBy, summariseEvents, type DescribedEvent, terminalOf, topicOf } from '@atermtrack/domain'
import { type Notice, notice, type NoticeParams } from '@atermtrack/messages'

/** Numbers of containers that a stored notice names; the rest is counted. */
const mostListed = 60
const mostElsewhere = 5
const mostGroups = 12

/** The present of a container, as far as a message about its event says it. */
export interface PresentOfContainer extends Pick<DescribedEvent, 'destination' | 'expected'> {
  /** The forwarder's code of the train that it rides in. */
  readonly trainCode: string | undefined
  /** Zone of the source's times. */
  readonly zone: string
}

export interface ToCompose {
  readonly alert: Pick<DueAlert, 'id' | 'form' | 'chatId'>
  /** The events that the message reports; empty when all were withdrawn. */
  readonly shown: readonly EventOfAlert[]
  /** Events that it reported and that have not happened. */
  readonly corrected: readonly EventOfAlert[]
  readonly presentOf: (container: string) => PresentOfContainer | undefined
  /** Zone of times where no report of a container names one. */
  readonly sourceZone: string
}

type LikeEvents = NoticeParams<'event_alert'>['events']

/** Composes the present content of a message; undefined for one that never had anything to say. */
export function composeAlert({ alert, shown, corrected, presentOf, sourceZone }: ToCompose): Notice | undefined {
  const said = [...shown, ...corrected]
  const [first] = said
  if (!first) return undefined
  const zone =
    said.map(({ container }) => presentOf(container)?.zone).find((known) => known !== undefined) ?? sourceZone
  const common = {
    alertId: alert.id,
    zone,
    corrected: correctionOf(corrected),
    ...(alert.chatId < 0 && { isInGroup: true }),
  }
  if (alert.form === 'like') {
    // Their trains and stations were the same when they were put together, and may be known better since.
    const events =
      shown.length > 0 ? describe(shown, presentOf) : { ...describe([first], presentOf), count: 0, containers: [] }
    return notice('event_alert', { ...common, events, trainCode: commonTrain(shown, presentOf) })
  }
  const groups = groupsOf(shown).map((events) => describe(events, presentOf))
  return notice('event_digest', {
    ...common,
    why: alert.form,
    name: [...new Set(shown.flatMap(({ subscription }) => subscription ?? []))].join(', '),
    groups: groups.slice(0, mostGroups),
    others: groups.slice(mostGroups).reduce((sum, { count }) => sum + count, 0),
  })
}

/** Events by their topic, the largest group first. */
function groupsOf(events: readonly EventOfAlert[]): readonly (readonly EventOfAlert[])[] {
  const groups = groupBy(events, topicOf)
  return [...groups.values()].toSorted((a, b) => b.length - a.length)
}

function describe(events: readonly EventOfAlert[], presentOf: ToCompose['presentOf']): LikeEvents {
  const [first] = events
  if (!first) throw new Error('a group without an event')
  const described = events.map((event): DescribedEvent => {
    const { destination, expected } = presentOf(event.container) ?? {}
    return { ...event, destination, expected }
  })
  const { containers, elsewhere, expected, ...summary } = summariseEvents(described)
  const directions = [...new Set(events.map(directionOf))]
  return {
    kind: first.kind,
    direction: directions.length === 1 ? directions[0] : undefined,
    station: namesOf(events.map(({ station }) => station ?? undefined)),
    terminal: namesOf(events.map(terminalOf)),
    train: namesOf(events.map(trainName)),
    ...summary,
    expected,
    count: containers.length,
    containers: containers.slice(0, mostListed),
    elsewhere: elsewhere.slice(0, mostElsewhere),
  }
}

/** Each name once, the most frequent first; undefined where there is none. */
function namesOf(names: readonly (string | undefined)[]): string | undefined {
  const known = names.filter((name) => name !== undefined)
  const counted = [...groupBy(known, (name) => name).values()].toSorted((a, b) => b.length - a.length)
  return counted.length === 0 ? undefined : counted.flatMap(([name]) => name ?? []).join(', ')
}

/** `1234 (9822+123+1811)` */
function trainName({ trainNumber, trainIndex }: EventOfAlert): string | undefined {
  if (trainNumber === null) return trainIndex ?? undefined
  return trainIndex === null ? trainNumber : `${trainNumber} (${trainIndex})`
}

function commonTrain(events: readonly EventOfAlert[], presentOf: ToCompose['presentOf']): string | undefined {
  const codes = new Set(events.map(({ container }) => presentOf(container)?.trainCode))
  const [code] = codes
  return codes.size === 1 ? code : undefined
}

function correctionOf(corrected: readonly EventOfAlert[]) {
  const containers = [...new Set(corrected.map(({ container }) => container))].toSorted()
  return containers.length === 0 ? undefined : { count: containers.length, containers: containers.slice(0, mostListed) }
}
