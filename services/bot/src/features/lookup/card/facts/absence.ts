import type { PositionFacts, PositionView } from '@atermtrack/data'
import { lookupTexts as texts } from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'
import { freshnessView, staleView } from '../../freshness.ts'
import type { ViewOptions } from '../../view-options.ts'
import { formatInstant } from '../../view-settings.ts'

type Known = Pick<PositionView, 'asOf' | 'missingSince' | 'sourceStamp' | 'zone'>

/** True when the reports of the source no longer hold the container although its trip is not over. */
export function isAbsent({ status }: Pick<PositionFacts, 'status'>): boolean {
  return status === 'missing' || status === 'dropped'
}

/** The newest report that does not hold the container, and the last one that did. */
export function absenceView(
  { asOf, missingSince, sourceStamp, zone: sourceZone }: Known,
  { language, zone = sourceZone }: Pick<ViewOptions, 'language' | 'zone'>,
): string {
  const report = sourceStamp ?? missingSince ?? asOf
  return texts[language].absent(formatInstant(report, zone), formatInstant(asOf, zone))
}

/** The age of the data about one container. An absent container gets a line of its own, because its report is not late. */
export function ageView(
  position: Known & Pick<PositionView, 'confirmedAt' | 'sourceHeardAt'>,
  facts: Pick<PositionFacts, 'status'>,
  options: ViewOptions,
): string {
  if (!isAbsent(facts)) return freshnessView(position, options)
  return [capitalise(absenceView(position, options)), ...staleView(position, options)].join('\n')
}
