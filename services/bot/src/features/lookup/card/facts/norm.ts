import type { PositionFacts, PositionView } from '@atermtrack/data'
import { countBy } from '@atermtrack/domain'
import { formatDate, formatNormKept, type Language, lookupTexts as texts } from '@atermtrack/messages'
import type { ViewOptions } from '../../view-options.ts'

type Kept = Pick<PositionFacts, 'norm'>
type Sourced = Pick<PositionView, 'zone'>

/** How containers keep their norm, in the order in which they are counted. */
const groups = ['late', 'at_risk', 'open', 'in_time', 'arrived_late', 'arrived_in_time'] as const
export type NormGroup = (typeof groups)[number]

/**
 * The line of a card about the delivery norm: its day, which is a day of the source whatever the zone of the reader, and how
 * it is kept. After the arrival that stands beside the arrival.
 */
export function normLine(
  { zone }: Sourced,
  { norm, arrival }: Pick<PositionFacts, 'norm' | 'arrival'>,
  { language, now }: Pick<ViewOptions, 'language' | 'now'>,
) {
  if (norm.kind === 'unknown') return undefined
  const words = texts[language]
  const day = `${words.dueOn}: ${formatDate(norm.dueAt, { language, zone, now })}`
  return arrival.kind === 'arrived' ? day : `${day}, ${formatNormKept(norm, language)}`
}

/** `опаздывает на 2 сут`, with the day of the norm in front, as a part of a record; none where it is not known or the container is there. */
export function normPart(
  { zone }: Sourced,
  { norm, arrival }: Pick<PositionFacts, 'norm' | 'arrival'>,
  { language, now }: Pick<ViewOptions, 'language' | 'now'>,
) {
  if (norm.kind === 'unknown' || arrival.kind === 'arrived') return []
  return [texts[language].due(formatDate(norm.dueAt, { language, zone, now }), formatNormKept(norm, language) ?? '')]
}

/** How an arrival kept the norm: `на 2 сут позже срока`; none where no report names the norm. */
export function arrivedPart({ norm }: Kept, language: Language): readonly string[] {
  const kept = formatNormKept(norm, language)
  return kept === undefined ? [] : [kept]
}

/** How many containers keep their norm and how many do not; those of which nothing is known are left out. */
export function countNorms(
  all: readonly Pick<PositionFacts, 'norm' | 'arrival'>[],
): readonly (readonly [NormGroup, number])[] {
  const counts = new Map(
    countBy(
      all.flatMap((facts) => groupOf(facts) ?? []),
      (group) => group,
    ),
  )
  return groups.flatMap((group) => {
    const count = counts.get(group)
    return count === undefined ? [] : [[group, count] as const]
  })
}

function groupOf({ norm, arrival }: Pick<PositionFacts, 'norm' | 'arrival'>): NormGroup | undefined {
  if (norm.kind === 'unknown') return undefined
  if (arrival.kind !== 'arrived') return norm.kind
  return norm.kind === 'late' ? 'arrived_late' : 'arrived_in_time'
}
