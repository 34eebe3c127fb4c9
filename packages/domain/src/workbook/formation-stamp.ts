import { cleanText } from '../values/clean-text.ts'
import { wallTimeOfTexts } from '../values/parse-wall-time.ts'
import type { WallTime } from '../values/wall-time.ts'

const dates = [
  String.raw`(?<!\d)(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})(?!\d)`,
  String.raw`(?<!\d)(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?!\d)`,
]
const time = String.raw`(?:(?: ?г\.?)?,? (?:в )?|T)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?`
const announcement = 'сформирован|формировани|по состоянию|данные на|дата отч[её]та'
const titles = [
  ...dates.map((date) => new RegExp(`(?:${announcement})\\D{0,40}${date}(?:${time})?`, 'iu')),
  ...dates.map((date) => new RegExp(`${date}${time}`, 'iu')),
]

const compactTime = String.raw`(?:[ _Tв-]{1,3}(?<hour>\d{2})[ .:_-]?(?<minute>\d{2})(?:[ .:_-]?(?<second>\d{2}))?(?!\d))?`
const fileNames = [
  String.raw`(?<!\d)(?<day>\d{2})[._-]?(?<month>\d{2})[._-]?(?<year>20\d{2})(?!\d)${compactTime}`,
  String.raw`(?<!\d)(?<year>20\d{2})[._-]?(?<month>\d{2})[._-]?(?<day>\d{2})(?!\d)${compactTime}`,
].map((pattern) => new RegExp(pattern, 'u'))

/**
 * The formation time of a report by its title lines: a date after `Сформирован`, `по состоянию на` and the like, else any
 * date with a time. An announced date without a time is its midnight, so that it never looks newer than it is.
 */
export function findFormationStamp(titleLines: readonly string[]): WallTime | undefined {
  return firstStamp(titles, titleLines.map(cleanText).join(' '))
}

/** The stamp in a file name: `103_02092025_0800.xlsx`, `… 02.09.2025 08-00.xlsx`; midnight when it holds only a date. */
export function stampFromFileName(name: string): WallTime | undefined {
  return firstStamp(fileNames, cleanText(name))
}

function firstStamp(patterns: readonly RegExp[], text: string): WallTime | undefined {
  return patterns.map((pattern) => stampOf(pattern.exec(text))).find((stamp) => stamp !== undefined)
}

function stampOf(match: RegExpExecArray | null): WallTime | undefined {
  const parts = match?.groups
  if (!parts) return undefined
  return wallTimeOfTexts(parts['year'], parts['month'], parts['day'], [parts['hour'], parts['minute'], parts['second']])
}
