import type { PositionFacts, PositionView } from '@atermtrack/data'
import {
  formatDateStamp,
  formatDateTime,
  formatMoment,
  lookupTexts as texts,
  type MomentReader,
} from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'
import { freshnessView, staleView } from '../../freshness.ts'
import { momentReaderOf, type ViewOptions } from '../../view-options.ts'

type Known = Pick<PositionView, 'asOf' | 'missingSince' | 'sourceStamp'>

/** True when the reports of the source no longer hold the container although its trip is not over. */
export function isAbsent({ status }: Pick<PositionFacts, 'status'>): boolean {
  return status === 'missing' || status === 'dropped'
}

/** The newest report that does not hold the container, and the last one that did. */
export function absenceView(position: Known, options: ViewOptions): string {
  return absenceText(position, options, formatDateTime)
}

/** The age of the data about one container. An absent container gets a line of its own, because its report is not late. */
export function ageView(
  position: Known & Pick<PositionView, 'confirmedAt' | 'sourceHeardAt'>,
  facts: Pick<PositionFacts, 'status'>,
  options: ViewOptions,
): string {
  if (!isAbsent(facts)) return freshnessView(position, options)
  // It stands in place of the line that names the zone of a card.
  return [capitalise(absenceText(position, options, formatDateStamp)), ...staleView(position, options)].join('\n')
}

function absenceText(
  { asOf, missingSince, sourceStamp }: Known,
  options: ViewOptions,
  format: (at: Date, reader: MomentReader) => string,
): string {
  const reader = momentReaderOf(options)
  const report = format(sourceStamp ?? missingSince ?? asOf, reader)
  return texts[options.language].absent(report, formatMoment(asOf, reader))
}
