import { cleanText } from './clean-text.ts'
import { wallTimeOfTexts } from './parse-wall-time.ts'
import type { WallTime } from './wall-time.ts'

const date = String.raw`(?<!\d)(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})(?!\d)`
const time = String.raw`(?:,? (?:в )?| ?г\.?,? (?:в )?)(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?`
const announced = new RegExp(
  String.raw`(?:сформирован|формировани|по состоянию|данные на|дата отч[её]та)[^\d]{0,40}${date}(?:${time})?`,
  'iu',
)
const anywhere = new RegExp(`${date}${time}`, 'iu')

const compactTime = String.raw`(?:[ _Tв-]{1,3}(?<hour>\d{2})[ .:_-]?(?<minute>\d{2})(?:[ .:_-]?(?<second>\d{2}))?(?!\d))?`
const fileNames = [
  String.raw`(?<!\d)(?<day>\d{2})[._-]?(?<month>\d{2})[._-]?(?<year>20\d{2})(?!\d)${compactTime}`,
  String.raw`(?<!\d)(?<year>20\d{2})[._-]?(?<month>\d{2})[._-]?(?<day>\d{2})(?!\d)${compactTime}`,
].map((pattern) => new RegExp(pattern, 'u'))

/**
 * When the report was formed, by its title lines: a date after `Сформирован`, `по состоянию на` and the like, else any
 * date with a time. An announced date without a time is its midnight, so that it never looks newer than it is.
 */
export function findFormationStamp(titleLines: readonly string[]): WallTime | undefined {
  const text = titleLines.map(cleanText).join(' ')
  return stampOf(announced.exec(text)) ?? stampOf(anywhere.exec(text))
}

/** The stamp in a file name: `103_02092025_0800.xlsx`, `… 02.09.2025 08-00.xlsx`; midnight when it holds only a date. */
export function stampFromFileName(name: string): WallTime | undefined {
  const text = cleanText(name)
  return fileNames.map((pattern) => stampOf(pattern.exec(text))).find((stamp) => stamp !== undefined)
}

function stampOf(match: RegExpExecArray | null): WallTime | undefined {
  const parts = match?.groups
  if (!parts) return undefined
  return wallTimeOfTexts(parts['year'], parts['month'], parts['day'], [parts['hour'], parts['minute'], parts['second']])
}
