import type { MailedEvent, MailList } from '@atermtrack/data'
import { toWall, zoneLabel } from '@atermtrack/domain'
import { defaultLanguage, type eventMailTexts, stationName } from '@atermtrack/messages'
import { type Sheet, tableSheet } from '@atermtrack/workbook-writer'

export type EventMailTexts = (typeof eventMailTexts)['ru']

export interface EventMailContent {
  readonly subject: string
  readonly text: string
  readonly tables: readonly Sheet[]
}

/** Composes a mail about events: a subject with counts, the trains in the text, and the events in a table, by train. */
export function composeEventMail(
  { name }: Pick<MailList, 'name'>,
  events: readonly MailedEvent[],
  { words, zone, now }: { readonly words: EventMailTexts; readonly zone: string; readonly now: Date },
): EventMailContent {
  const kinds = [...new Set(events.map(({ kind }) => kind))]
  const counts = kinds.map((kind) => `${words.kinds[kind]} ${events.filter((event) => event.kind === kind).length}`)
  const boxes = new Set(events.map(({ container }) => container)).size
  const trains = trainsOf(events, words)
  const known = trains.filter(({ code }) => code !== words.noTrain).length
  return {
    subject: words.subject(name, counts.join(', '), boxes, known),
    text: [...trains.map(({ code, containers }) => `• ${words.train(code, containers)}`), '', words.attached].join(
      '\n',
    ),
    tables: tablesOf(events, trains, { words, zone, now }),
  }
}

interface TrainCount {
  readonly code: string
  readonly containers: number
}

/** By code; what rides in no known train stands last. */
function trainsOf(events: readonly MailedEvent[], words: EventMailTexts): readonly TrainCount[] {
  const boxes = new Map<string, Set<string>>()
  for (const { trainCode, container } of events) {
    const code = trainCode ?? words.noTrain
    boxes.set(code, (boxes.get(code) ?? new Set()).add(container))
  }
  return [...boxes]
    .map(([code, containers]) => ({ code, containers: containers.size }))
    .toSorted((a, b) => placeOf(a.code, words) - placeOf(b.code, words) || a.code.localeCompare(b.code, 'ru'))
}

function placeOf(code: string, { noTrain }: EventMailTexts): number {
  return code === noTrain ? 1 : 0
}

function tablesOf(
  events: readonly MailedEvent[],
  trains: readonly TrainCount[],
  { words, zone, now }: { readonly words: EventMailTexts; readonly zone: string; readonly now: Date },
): readonly Sheet[] {
  const { columns, sheets, kinds } = words
  const places = new Map(trains.map(({ code }, place) => [code, place]))
  const place = ({ trainCode }: MailedEvent) => places.get(trainCode ?? words.noTrain) ?? 0
  const text = (header: string) => ({ header, kind: 'text' as const })
  return [
    tableSheet(
      sheets.events,
      [
        text(columns.train),
        text(columns.container),
        text(columns.client),
        text(columns.event),
        { header: words.happened(zoneLabel(zone, now)), kind: 'dateTime' },
        text(columns.station),
        text(columns.destination),
        text(columns.waybill),
      ],
      events
        .toSorted((a, b) => place(a) - place(b) || a.container.localeCompare(b.container, 'en') || a.id - b.id)
        .map(({ trainCode, container, client, kind, happenedAt, station, destination, waybill }) => [
          trainCode,
          container,
          client,
          kinds[kind],
          toWall(happenedAt, zone),
          nameOf(station),
          nameOf(destination),
          waybill,
        ]),
    ),
    tableSheet(
      sheets.trains,
      [text(columns.train), { header: columns.count, kind: 'integer' }],
      trains.map(({ code, containers }) => [code, containers]),
    ),
  ]
}

function nameOf(station: string | undefined): string | undefined {
  return station && stationName(station, defaultLanguage)
}
