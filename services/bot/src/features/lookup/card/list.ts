import { factsOf, type PositionView } from '@atermtrack/data'
import { hasValidCheckDigit, type ContainerNumber } from '@atermtrack/domain'
import { code, escapeHtml, lookupTexts as texts } from '@atermtrack/messages'
import { kmView } from './distance.ts'
import { absenceView, isAbsent } from './facts/absence.ts'
import { arrivalPart } from './facts/arrival.ts'
import { normPart } from './facts/norm.ts'
import { statusView } from './facts/status.ts'
import { formatInstant, formatOperated } from '../view-settings.ts'
import type { ViewOptions } from '../view-options.ts'

/** An HTML record of two lines for each position. A position from an older report says so. */
export function listView(positions: readonly PositionView[], options: ViewOptions): readonly string[] {
  const newest = Math.max(...positions.map(({ asOf }) => asOf.getTime()))
  return positions.map((position) => itemView(position, position.asOf.getTime() < newest, options))
}

function itemView(position: PositionView, isOlder: boolean, options: ViewOptions): string {
  const { language, settings, zone } = options
  const words = texts[language]
  const facts = factsOf(position, settings)
  const warning = hasValidCheckDigit(position.container as ContainerNumber) ? [] : [`⚠️ ${words.wrongCheckDigit}`]
  const older = isOlder ? [words.itemAsOf(formatInstant(position.asOf, zone ?? position.zone))] : []
  const age = isAbsent(facts) ? [absenceView(position, options)] : older
  const place = [
    escapeHtml(position.station.name),
    escapeHtml(position.operation),
    formatOperated(position),
    `${words.left.toLowerCase()}: ${kmView(position.kmLeft, language)}`,
    ...arrivalPart(position, facts, options),
    ...normPart(position, facts, language),
  ]
  return `${code(position.container)} ${[statusView(position, facts, language), ...warning, ...age].join(', ')}\n${place.join(', ')}`
}
