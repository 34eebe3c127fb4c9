import type { TrainCode } from '@atermtrack/domain'
import { searchTexts as texts } from '@atermtrack/messages'
import { arrivalPart } from '../lookup/card/facts/arrival.ts'
import { idlenessView } from '../lookup/card/facts/idleness.ts'
import { countNorms } from '../lookup/card/facts/norm.ts'
import { statusView } from '../lookup/card/facts/status.ts'
import { nameView } from '../lookup/card/way.ts'
import type { ViewOptions } from '../lookup/view-options.ts'
import type { TrainGroup } from './train-groups.ts'

/** The trains of the terminal in whose lists containers are, by container. */
export type TrainCodes = ReadonlyMap<string, TrainCode>

const mostCodes = 2

/** `🚂 Поезд 1318 (К26-144): 32 контейнера, Улан-Удэ, 🛑 брошен, 3 сут 17 ч` */
export function groupView(group: TrainGroup, codes: TrainCodes, options: ViewOptions): string {
  const { train, first, positions } = group
  const { language } = options
  const words = texts[language]
  const idleness = idlenessView(first.facts.idleness, language)
  const late = countNorms(positions.map(({ facts }) => facts)).find(([kind]) => kind === 'late')
  return [
    words.train(train, codesOf(group, codes).slice(0, mostCodes).join(', '), positions.length),
    nameView(first.station.name, language),
    statusView(first, first.facts, language),
    ...(idleness === undefined ? [] : [idleness]),
    ...arrivalPart(first.facts, options),
    ...(late === undefined ? [] : [words.lateOfTrain(late[1])]),
  ].join(', ')
}

/** The codes of a group, that of most containers first. */
export function codesOf({ positions }: Pick<TrainGroup, 'positions'>, codes: TrainCodes): readonly TrainCode[] {
  const counts = new Map<TrainCode, number>()
  for (const { container } of positions) {
    const code = codes.get(container)
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([code]) => code)
}
