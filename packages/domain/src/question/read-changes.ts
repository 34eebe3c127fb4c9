import { findTrainCodes, type TrainCode } from '../values/train-code.ts'
import type { Place } from './directory.ts'
import type { Knowledge } from './read-filter.ts'
import { readTokens } from './read-tokens.ts'
import { wordsOf } from './words.ts'

/** Since when somebody asks what has changed: since the morning of today, for 24 hours, or since their own last report. */
export type ChangesSince = 'morning' | 'day' | 'report'

/** A question about what has changed: of trains, of destinations, or of the person's own containers where neither is named. */
export interface ChangesReading {
  readonly since: ChangesSince
  readonly trains: readonly TrainCode[]
  readonly destinations: readonly Place[]
}

/** A longer text is about something else. */
const longestText = 200

const changes = [
  'что (?:у (?:нас|меня) )?(?:же )?(?:изменил\\p{L}*|поменял\\p{L}*|нового|произошло|случилось|нового)',
  '(?:какие |покажи |есть )?(?:изменени[яей]|новости|перемены)',
  '(?:whats? |what s |what is |what has |what have )?(?:changed|changes|new|happened)',
].join('|')
const begins = new RegExp(`^(?:(?:а|и|ну|привет|добрый день|доброе утро|hello|hi|so) )*(?:${changes})(?= |$)`, 'u')
const times: readonly (readonly [ChangesSince, RegExp])[] = [
  [
    'report',
    /(?:^| )(?:(?:с|после) (?:моего )?(?:последнего|прошлого) отчета|since (?:the |my )?(?:last|previous) report)(?= |$)/u,
  ],
  ['morning', /(?:^| )(?:с (?:самого )?утра|за утро|сегодня|за сегодня|since (?:this |the )?morning|today)(?= |$)/u],
  [
    'day',
    /(?:^| )(?:за (?:последние )?(?:сутки|день|24 час\p{L}*)|со вчера\p{L}*|(?:in|over|for|during)? ?(?:the )?(?:last|past) (?:day|24 hours)|since yesterday)(?= |$)/u,
  ],
]

/**
 * Reads a question such as «что изменилось с утра по К25-073»; undefined for any other text. Without a time it is about 24 hours. A bare
 * «изменения» without a time, a train or a place may stand for anything and is none.
 */
export function readChanges(text: string, { directory, today }: Knowledge): ChangesReading | undefined {
  if (text.length > longestText) return undefined
  const said = wordsOf(text)
    .map((word) => word.text)
    .join(' ')
  const [opening] = begins.exec(said) ?? []
  if (opening === undefined) return undefined
  const since = times.find(([, pattern]) => pattern.test(said))?.[0]
  const trains = findTrainCodes(text)
  const rest = times.reduce((left, [, pattern]) => left.replace(pattern, ' '), said.slice(opening.length))
  const destinations = readTokens(rest, directory, today).flatMap((token) =>
    token.kind === 'places' ? token.named.places : [],
  )
  const asksWhat = /^(?:(?:а|и|ну|so) )*(?:что|what)/u.test(said)
  if (since === undefined && trains.length === 0 && destinations.length === 0 && !asksWhat) return undefined
  return { since: since ?? 'day', trains, destinations: [...new Set(destinations)] }
}
