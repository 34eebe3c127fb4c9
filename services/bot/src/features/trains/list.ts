import type { TrainSummary, TrainView } from '@atermtrack/data'
import { clipText } from '@atermtrack/domain'
import {
  code,
  formatDate,
  type Language,
  type MomentReader,
  newTrainTexts,
  stationName,
  trainsTexts as texts,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { type Page, pageRow } from '../../text/pages.ts'
import { inPairs, type View } from '../../routing/view.ts'
import { nameView } from '../lookup/card/way.ts'
import { trainTitle } from './card.ts'
import { listTrains, openTrain } from './actions.ts'
import { closeCodes } from './close-codes.ts'
import { addTrain } from './creating/actions.ts'
import type { TrainSnapshot } from './train-snapshot.ts'

/** With the rows of pages and of a new train, the keyboard stays within eight rows. */
export const trainsPerPage = 6
const mostStations = 3
const mostSuggestions = 6

interface ListReader extends MomentReader {
  /** A button makes a train by hand. */
  readonly mayAdd: boolean
}

/** A page of all trains; each button opens a card. */
export function trainListView(page: Page<TrainSummary> & { readonly total: number }, reader: ListReader): View {
  const { language, mayAdd } = reader
  const words = texts[language]
  const rows = page.rows.map((train) => [openButton(train.code, buttonText(train, reader))])
  return {
    html: page.total === 0 ? words.noTrains : words.listTitle(page.total),
    keyboard: {
      inline_keyboard: [
        ...rows,
        ...pageRow(page, (target) => listTrains.data({ page: target })),
        ...(mayAdd ? [[addTrain.button(newTrainTexts[language].add)]] : []),
      ],
    },
  }
}

/** One of many trains that were asked for, as a record of HTML. */
export function trainLine(train: TrainView, { containers, stations }: TrainSnapshot, language: Language): string {
  const places = stations.slice(0, mostStations).map(([name, count]) => `${nameView(name, language)}: ${count}`)
  return [trainTitle(train, language), [texts[language].containerCount(containers.length), ...places].join(', ')].join(
    '\n',
  )
}

/** The answer about codes that no list has, with buttons for similar codes. */
export function unknownTrainsView(codes: readonly string[], known: readonly string[], language: Language): View {
  const words = texts[language]
  const close = codes.map((trainCode) => closeCodes(trainCode, known))
  const lines = codes.flatMap((trainCode, index) => {
    const suggested = close[index] ?? []
    return [
      words.unknown(code(trainCode)),
      ...(suggested.length > 0 ? [words.close(suggested.map(code).join(', '))] : []),
    ]
  })
  const buttons = [...new Set(close.flat())]
    .slice(0, mostSuggestions)
    .map((trainCode) => openButton(trainCode, trainCode))
  return { html: lines.join('\n'), keyboard: { inline_keyboard: buttons.map((button) => [button]) } }
}

/** Trains that share a number with the one that is shown, as buttons. */
export function otherTrainsView(codes: readonly string[], language: Language): View {
  return {
    html: texts[language].others(codes.map(code).join(', ')),
    keyboard: { inline_keyboard: inPairs(codes.map((trainCode) => openButton(trainCode, `🚂 ${trainCode}`))) },
  }
}

function openButton(trainCode: string, text: string): InlineKeyboardButton {
  return openTrain.button(text, { trainCode })
}

function buttonText({ code: trainCode, destination, containers, sentAt }: TrainSummary, reader: MomentReader): string {
  const date = formatDate(sentAt, reader)
  return [
    trainCode,
    ...(destination === null ? [] : [clipText(stationName(destination, reader.language), 20)]),
    containers,
    date,
  ].join(' · ')
}
