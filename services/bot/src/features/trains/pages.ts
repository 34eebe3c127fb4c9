import type { TrainView } from '@atermtrack/data'
import { bold, code, formatMoment, type Language, lookupTexts, trainsTexts as texts } from '@atermtrack/messages'
import { countBy } from '@atermtrack/domain'
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'telegraf/types'
import { pageOf, pageRow } from '../../text/pages.ts'
import { kmView } from '../lookup/card/distance.ts'
import { absenceView } from '../lookup/card/facts/absence.ts'
import { nameView } from '../lookup/card/way.ts'
import { momentReaderOf, type ViewOptions } from '../lookup/view-options.ts'
import type { View } from '../../routing/view.ts'
import { showContainers, showClients, showTrain } from './actions.ts'
import { clientView, stateView, trainTitle } from './card.ts'
import type { TrainContainer, TrainSnapshot } from './train-snapshot.ts'

interface Asked extends ViewOptions {
  /** From 0; a number beyond the last page shows the last page. */
  readonly page: number
  readonly freshness: string
}

const rowsPerPage = 8
const mostStations = 3

/** A page of the list of a train, in the order of the list. */
export function containersPage(train: TrainView, { containers }: TrainSnapshot, asked: Asked): View {
  const { language } = asked
  const page = pageOf(containers, asked.page, rowsPerPage)
  const first = page.page * rowsPerPage + 1
  const rows = page.rows.map((one, index) => `${first + index}. ${containerView(one, asked)}`)
  return {
    html: [trainTitle(train, language), texts[language].containersTitle, ...rows, asked.freshness].join('\n\n'),
    keyboard: keyboardOf(train, pageRow(page, pageOfTrain(showContainers, train)), language),
  }
}

/** A page of the clients of a train and the places of their containers, clients with the most containers first. */
export function clientsPage(train: TrainView, { containers, clients }: TrainSnapshot, asked: Asked): View {
  const { language } = asked
  const page = pageOf(clients, asked.page, rowsPerPage)
  const rows = page.rows.map(([client, count]) => {
    const places = placesOf(
      containers.filter((one) => one.client === client),
      language,
    )
    return `${bold('•')} ${clientView(client, language)}: ${count}\n${places}`
  })
  return {
    html: [trainTitle(train, language), texts[language].clientsTitle, ...rows, asked.freshness].join('\n\n'),
    keyboard: keyboardOf(train, pageRow(page, pageOfTrain(showClients, train)), language),
  }
}

function containerView({ container, state, position }: TrainContainer, options: ViewOptions): string {
  const { language } = options
  const title = `${code(container)} ${stateView(state, language)}`
  if (!position) return title
  const left = `${lookupTexts[language].left.toLowerCase()}: ${kmView(position.kmLeft, language)}`
  const isLost = state === 'missing' || state === 'dropped'
  const absence = isLost ? [absenceView(position, options)] : []
  return `${title}\n${[nameView(position.station.name, language), formatMoment(position.operatedAt, momentReaderOf(options)), left, ...absence].join(', ')}`
}

function placesOf(containers: readonly TrainContainer[], language: Language): string {
  const places = countBy(containers, ({ position, state }) =>
    position && state !== 'other_trip' ? nameView(position.station.name, language) : stateView(state, language),
  )
  const rest = places.slice(mostStations).reduce((sum, [, count]) => sum + count, 0)
  const named = places.slice(0, mostStations).map(([place, count]) => `${place}: ${count}`)
  return [...named, ...(rest > 0 ? [texts[language].more(rest)] : [])].join(', ')
}

function keyboardOf(
  { code: trainCode }: TrainView,
  pages: InlineKeyboardButton[][],
  language: Language,
): InlineKeyboardMarkup {
  return { inline_keyboard: [...pages, [showTrain.button(texts[language].back, { trainCode })]] }
}

function pageOfTrain(action: typeof showContainers, { code: trainCode }: TrainView) {
  return (page: number) => action.data({ trainCode, page })
}
