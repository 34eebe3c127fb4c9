import { factsOf, type PositionView } from '@atermtrack/data'
import { hasValidCheckDigit, type ContainerNumber } from '@atermtrack/domain'
import { code, escapeHtml } from '../../html.ts'
import { kmView } from './distance.ts'
import { formatDay, formatInstant, formatOperated } from './view-settings.ts'
import { texts } from './texts.ts'
import type { ViewOptions } from './view-options.ts'

/** Two lines of HTML for each position, one record each. One that an older report tells of says so. */
export function listView(positions: readonly PositionView[], options: ViewOptions): readonly string[] {
  const newest = Math.max(...positions.map(({ asOf }) => asOf.getTime()))
  return positions.map((position) => itemView(position, position.asOf.getTime() < newest, options))
}

function itemView(position: PositionView, isOlder: boolean, { language, settings, zone }: ViewOptions): string {
  const words = texts[language]
  const { status, forecast } = factsOf(position, settings)
  const warning = hasValidCheckDigit(position.container as ContainerNumber) ? [] : [`⚠️ ${words.wrongCheckDigit}`]
  const age = isOlder ? [words.itemAsOf(formatInstant(position.asOf, zone ?? position.zone))] : []
  const place = [
    escapeHtml(position.station.name),
    escapeHtml(position.operation),
    formatOperated(position),
    `${words.left.toLowerCase()}: ${kmView(position.kmLeft, language)}`,
    ...(forecast && forecast.days > 0 ? [words.expected(formatDay(forecast.arrivesAt, zone ?? position.zone))] : []),
  ]
  return `${code(position.container)} ${[words.status[status], ...warning, ...age].join(', ')}\n${place.join(', ')}`
}
