import { type EventKind, eventKinds } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { code, escapeHtml } from '../../format/html.ts'
import {
  formatDate,
  formatDateStamp,
  formatDateTime,
  formatMoment,
  formatStamp,
  type MomentReader,
} from '../../format/moments.ts'
import { stationName } from '../../names/names.ts'
import { instant } from '../notice.ts'

const longestName = 60
const mostNamed = 20

/** Like events of one train at one station. */
export const likeEvents = z.object({
  kind: z.enum(eventKinds),
  direction: z.enum(['later', 'earlier']).nullish(),
  station: z.string().nullish(),
  terminal: z.string().nullish(),
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
  charged: z.object({ from: instant, to: instant, dayRate: z.number().nullish() }).nullish(),
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
export function eventLines(events: LikeEvents, reader: MomentReader): readonly string[] {
  const { language } = reader
  const words = catalogue[language].events
  const { containers, count, elsewhere } = events
  const [only] = containers
  const who = count === 1 && only !== undefined ? code(only) : words.containers(count)
  const hours = events.hours ? `, ${words.movedBy(events.hours.least, events.hours.most)}` : ''
  const place = placeOf(events, language)
  return [
    `<b>${eventHeading(events, language)}: ${who}</b>${hours}`,
    ...(place === undefined ? [] : [`📍 ${place}`]),
    `🕒 ${timeOf(events, reader)}`,
    ...chargeLines(events, reader),
    ...arrivalLines(events, reader),
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

/** The same in one or two lines, for a message about many things, which names the zone itself. */
export function shortEventLines(events: LikeEvents, reader: MomentReader): string {
  const { language } = reader
  const { containers, count } = events
  const place = placeOf(events, language)
  const where = place === undefined ? '' : `, ${place}`
  const shown = { count, containers: containers.slice(0, 3) }
  return [
    `<b>${eventHeading(events, language)}</b>${where}, ${shortTimeOf(events, reader)}`,
    listView(shown, language),
  ].join('\n')
}

/** Containers that copy with a tap, and how many more there are. */
export function listView({ count, containers }: CorrectedContainers, language: Language): string {
  const shown = containers.slice(0, mostNamed)
  const rest = count - shown.length
  return shown.map((number) => code(number)).join(', ') + (rest > 0 ? ` ${catalogue[language].events.more(rest)}` : '')
}

function placeOf({ station, terminal, train }: LikeEvents, language: Language): string | undefined {
  const parts = [
    ...(station ? [name(station, language)] : []),
    ...(terminal ? [escapeHtml(terminal, longestName)] : []),
    ...(train ? [catalogue[language].events.train(escapeHtml(train, longestName))] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(', ')
}

function timeOf({ firstAt, lastAt }: LikeEvents, reader: MomentReader): string {
  if (firstAt.getTime() === lastAt.getTime()) return formatStamp(firstAt, reader)
  const { fromTo } = catalogue[reader.language].events
  return fromTo(formatDateTime(firstAt, reader), formatDateStamp(lastAt, reader))
}

function shortTimeOf({ firstAt, lastAt }: LikeEvents, reader: MomentReader): string {
  if (firstAt.getTime() === lastAt.getTime()) return formatMoment(firstAt, reader)
  return catalogue[reader.language].events.fromTo(formatDateTime(firstAt, reader), formatDateTime(lastAt, reader))
}

function chargeLines({ charged }: LikeEvents, reader: MomentReader): readonly string[] {
  if (!charged) return []
  const { freeUntil } = catalogue[reader.language].events
  const [first, last] = [formatDateTime(charged.from, reader), formatDateTime(charged.to, reader)]
  return [freeUntil(first === last ? first : `${first} – ${last}`, charged.dayRate ?? undefined)]
}

function arrivalLines({ destination, expected, kind }: LikeEvents, reader: MomentReader): readonly string[] {
  const { language } = reader
  const words = catalogue[language].events
  if (!destination || kind === 'arrived' || kind === 'unloaded') return []
  if (!expected) return [words.going(name(destination, language))]
  const { from, to, isEarliest } = expected
  const [first, last] = [formatDate(from, reader), formatDate(to, reader)]
  const when = first === last || isEarliest ? first : `${first} – ${last}`
  return [
    isEarliest ? words.notBefore(name(destination, language), when) : words.expected(name(destination, language), when),
  ]
}

function name(station: string, language: Language): string {
  return escapeHtml(stationName(station, language), longestName)
}
