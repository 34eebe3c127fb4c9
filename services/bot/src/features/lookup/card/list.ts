import { factsOf, type PositionView } from '@atermtrack/data'
import { hasValidCheckDigit, type ContainerNumber } from '@atermtrack/domain'
import { code, formatDateTime, lookupTexts as texts, operationInSentence } from '@atermtrack/messages'
import { kmView } from './distance.ts'
import { absenceView, isAbsent } from './facts/absence.ts'
import { arrivalPart } from './facts/arrival.ts'
import { normPart } from './facts/norm.ts'
import { statusView } from './facts/status.ts'
import { momentReaderOf, type ViewOptions } from '../view-options.ts'
import { operationView } from './card.ts'
import { wayView } from './way.ts'

/** An HTML record of two lines for each position. A position from an older report says so. */
export function listView(positions: readonly PositionView[], options: ViewOptions): readonly string[] {
  const newest = Math.max(...positions.map(({ asOf }) => asOf.getTime()))
  return positions.map((position) => itemView(position, position.asOf.getTime() < newest, options))
}

function itemView(position: PositionView, isOlder: boolean, options: ViewOptions): string {
  const { language, settings } = options
  const words = texts[language]
  const facts = factsOf(position, settings)
  const warning = hasValidCheckDigit(position.container as ContainerNumber) ? [] : [`⚠️ ${words.wrongCheckDigit}`]
  const older = isOlder ? [words.itemAsOf(formatDateTime(position.asOf, momentReaderOf(options)))] : []
  const age = isAbsent(facts) ? [absenceView(position, options)] : older
  const place = [
    wayView(position, facts, language),
    operationView(position, options, operationInSentence),
    `${words.left.toLowerCase()}: ${kmView(position.kmLeft, language)}`,
    ...arrivalPart(facts, options),
    ...normPart(position, facts, options),
  ]
  return `${code(position.container)} ${[statusView(position, facts, language), ...warning, ...age].join(', ')}\n${place.join(', ')}`
}
