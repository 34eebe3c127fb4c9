import type { PositionFacts, PositionView } from '@atermtrack/data'
import { isIssued } from '@atermtrack/domain'
import { type Language, lookupTexts as texts } from '@atermtrack/messages'

/** The status of a container in words; that the consignee has got it is said as such. */
export function statusView(
  { operation }: Pick<PositionView, 'operation'>,
  { status }: Pick<PositionFacts, 'status'>,
  language: Language,
): string {
  const words = texts[language]
  return status === 'unloaded' && isIssued(operation) ? words.issued : words.status[status]
}
