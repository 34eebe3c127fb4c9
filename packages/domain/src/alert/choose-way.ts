import { type EventKind, severities, type Severity, usualEventKinds } from '../event/event.ts'

/** The wishes of somebody about a container, by one of their subscriptions. */
export interface EventWish {
  readonly subscriptionId: number
  /** Null: the usual ones. */
  readonly eventKinds: readonly string[] | null
  readonly eventTiming: EventTiming
  /** Local times `HH:MM` of the digest in `zone`; none means `usualDigestSlots`. */
  readonly digestSlots: readonly string[]
  readonly zone: string
}

export type EventTiming = 'at_once' | 'digest' | 'never'

export const usualDigestSlots: readonly string[] = ['09:00', '16:00']

/** How an event is reported, and by which subscription. */
export interface Way {
  readonly how: 'at_once' | 'digest'
  readonly wish: EventWish
}

/** Seconds before an event is reported, in which it can be withdrawn or reversed, and others of its train can join it. */
export const debounceSeconds: Readonly<Record<Severity, number>> = { urgent: 0, usual: 60, quiet: 120 }

/**
 * How somebody gets to know of an event that several of their subscriptions may name: once, and as soon as any of them asks for. What is
 * urgent never waits for a digest. Undefined when none of them wants it.
 */
export function chooseWay(kind: EventKind, wishes: readonly EventWish[]): Way | undefined {
  const wanted = wishes
    .filter(({ eventKinds, eventTiming }) => eventTiming !== 'never' && (eventKinds ?? usualEventKinds).includes(kind))
    .toSorted((a, b) => a.subscriptionId - b.subscriptionId)
  const isUrgent = severities[kind] === 'urgent'
  const atOnce = wanted.find(({ eventTiming }) => isUrgent || eventTiming === 'at_once')
  if (atOnce) return { how: 'at_once', wish: atOnce }
  const [digest] = wanted
  return digest && { how: 'digest', wish: digest }
}
