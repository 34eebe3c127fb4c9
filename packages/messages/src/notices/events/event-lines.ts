import { type EventKind, eventKinds, formatWallDate, toWall, zoneLabel } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { code, escapeHtml } from '../../format/html.ts'
import { stationName } from '../../names/names.ts'
import { momentOf } from '../moments.ts'
import { instant } from '../notice.ts'

const longestName = 60
const mostNamed = 20

/** Like events of one train at one station. */
export const likeEvents = z.object({
  kind: z.enum(eventKinds),
  direction: z.enum(['later', 'earlier']).nullish(),
  station: z.string().nullish(),
  /** Number and index of the train, as the railway gives them. */
  train: z.string().nullish(),
  firstAt: instant,
  lastAt: instant,
  /** How many containers; the list can be cut. */
  count: z.int(),
  containers: z.array(z.string()).readonly(),
  destination: z.string().nullish(),
  elsewhere: z
    .array(z.object({ container: z.string(), destination: z.string() }))
    .readonly()
    .nullish(),
  expected: z.object({ from: instant, to: instant, isEarliest: z.boolean() }).nullish(),
  hours: z.object({ least: z.int(), most: z.int() }).nullish(),
})
export type LikeEvents = z.output<typeof likeEvents>

/** Containers of which a message said something that has not happened. */
export const correctedContainers = z.object({ count: z.int(), containers: z.array(z.string()).readonly() })
export type CorrectedContainers = z.output<typeof correctedContainers>

/** Names a kind of event: «🛑 Поезд брошен». */
export function eventHeading(
  { kind, direction }: { readonly kind: EventKind; readonly direction?: 'later' | 'earlier' | null | undefined },
  language: Language,
): string {
  const words = catalogue[language].events
  if (kind !== 'forecast_moved' || !direction) return words.kinds[kind]
  return direction === 'later' ? words.forecastLater : words.forecastEarlier
}

/** The lines about like events, as HTML: what, where, when, what it means for the arrival, which containers. */
export function eventLines(events: LikeEvents, zone: string, language: Language): readonly string[] {
  const words = catalogue[language].events
  const { containers, count, elsewhere } = events
  const [only] = containers
  const who = count === 1 && only !== undefined ? code(only) : words.containers(count)
  const hours = events.hours ? `, ${words.movedBy(events.hours.least, events.hours.most)}` : ''
  const place = placeOf(events, language)
  return [
    `<b>${eventHeading(events, language)}: ${who}</b>${hours}`,
    ...(place === undefined ? [] : [`📍 ${place}`]),
    `🕒 ${timeOf(events, zone, language)}`,
    ...arrivalLines(events, zone, language),
    ...(elsewhere && elsewhere.length > 0
      ? [
          words.elsewhere(
            elsewhere.map((one) => `${code(one.container)} → ${name(one.destination, language)}`).join(', '),
          ),
        ]
      : []),
    ...(count === 1 ? [] : [listView({ count, containers }, language)]),
  ]
}

/** The same in one or two lines, for a message about many things. */
export function shortEventLines(events: LikeEvents, zone: string, language: Language): string {
  const { containers, count } = events
  const place = placeOf(events, language)
  const where = place === undefined ? '' : `, ${place}`
  const shown = { count, containers: containers.slice(0, 3) }
  return [
    `<b>${eventHeading(events, language)}</b>${where}, ${timeOf(events, zone, language)}`,
    listView(shown, language),
  ].join('\n')
}

/** Containers that copy with a tap, and how many more there are. */
export function listView({ count, containers }: CorrectedContainers, language: Language): string {
  const shown = containers.slice(0, mostNamed)
  const rest = count - shown.length
  return shown.map((number) => code(number)).join(', ') + (rest > 0 ? ` ${catalogue[language].events.more(rest)}` : '')
}

function placeOf({ station, train }: LikeEvents, language: Language): string | undefined {
  const parts = [
    ...(station ? [name(station, language)] : []),
    ...(train ? [catalogue[language].events.train(escapeHtml(train, longestName))] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(', ')
}

function timeOf({ firstAt, lastAt }: LikeEvents, zone: string, language: Language): string {
  const [from, to] = [momentOf(firstAt, zone), momentOf(lastAt, zone)]
  return from === to ? from : catalogue[language].events.fromTo(from, to)
}

function arrivalLines(
  { destination, expected, kind }: LikeEvents,
  zone: string,
  language: Language,
): readonly string[] {
  const words = catalogue[language].events
  if (!destination || kind === 'arrived' || kind === 'unloaded') return []
  if (!expected) return [words.going(name(destination, language))]
  const { from, to, isEarliest } = expected
  const [first, last] = [dayOf(from, zone), dayOf(to, zone)]
  const when = `${first === last || isEarliest ? first : `${first} – ${last}`} (${zoneLabel(zone, from)})`
  return [
    isEarliest ? words.notBefore(name(destination, language), when) : words.expected(name(destination, language), when),
  ]
}

function dayOf(moment: Date, zone: string): string {
  return formatWallDate(toWall(moment, zone))
}

function name(station: string, language: Language): string {
  return escapeHtml(stationName(station, language), longestName)
}
