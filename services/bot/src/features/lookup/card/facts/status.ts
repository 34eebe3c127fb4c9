import { type PositionFacts, type PositionView, shownStatus } from '@atermtrack/data'
import { type Language, lookupTexts as texts } from '@atermtrack/messages'

/** The status of a container in words; that the consignee has got it is said as such. */
export function statusView(
  position: Pick<PositionView, 'operation'>,
  facts: Pick<PositionFacts, 'status'>,
  language: Language,
): string {
  const words = texts[language]
  const shown = shownStatus(position, facts)
  return shown === 'issued' ? words.issued : words.status[shown]
}
