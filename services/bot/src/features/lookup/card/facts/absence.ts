import type { PositionFacts, PositionView } from '@atermtrack/data'
import { lookupTexts as texts } from '@atermtrack/messages'
import { capitalise } from '../../../../text/capitalise.ts'
import { freshnessView, staleView } from '../../freshness.ts'
import type { ViewOptions } from '../../view-options.ts'
import { formatInstant } from '../../view-settings.ts'

type Known = Pick<PositionView, 'asOf' | 'missingSince' | 'sourceStamp' | 'zone'>

/** The reports of its source do not hold the container any more, although its trip is not over. */
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

/** How old what is said about one container is: an absence is not a report that is late. */
export function ageView(
  position: Known & Pick<PositionView, 'confirmedAt' | 'sourceHeardAt'>,
  facts: Pick<PositionFacts, 'status'>,
  options: ViewOptions,
): string {
  if (!isAbsent(facts)) return freshnessView(position, options)
  return [capitalise(absenceView(position, options)), ...staleView(position, options)].join('\n')
}
