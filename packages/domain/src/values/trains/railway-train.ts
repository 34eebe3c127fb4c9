/**
 * The railway's own name of a train: its number (`1318`), or its index, which consists of the station where it was formed, a number, and the
 * station where it goes (`9822+123+1811`). Both stand in the report; the code of the terminal is another thing.
 */
export type RailwayTrain = string & { readonly __brand: 'RailwayTrain' }

const trainWord = '(?:поезд\\p{L}{0,3}|состав\\p{L}{0,3}|trains?)'
const indexWord = '(?:индекс\\p{L}{0,3}|index)'
const before = '(?<![\\p{L}\\p{N}])'
const behind = '(?![\\p{L}\\p{N}])'
// Without its word only the plus signs distinguish an index from a telephone number.
const inText = new RegExp(
  [
    `${before}(?:${trainWord}\\s{1,3})?(?:с\\s)?${indexWord}(?:\\s{1,3}${trainWord})?[\\s:]{1,3}(?<first>\\d{4})[\\s+/\\p{Pd}]{0,3}(?<middle>\\d{1,3})[\\s+/\\p{Pd}]{0,3}(?<last>\\d{4})${behind}`,
    `${before}(?:${trainWord}\\s{1,3})?(?<plusFirst>\\d{4})\\s?\\+\\s?(?<plusMiddle>\\d{1,3})\\s?\\+\\s?(?<plusLast>\\d{4})${behind}`,
    `${before}${trainWord}\\s{1,3}(?:ржд\\s{1,3})?(?:номер\\s{1,3}|number\\s{1,3}|№\\s{0,3}|no\\.?\\s{0,3}|#\\s{0,3})?(?<number>\\d{4})${behind}(?!\\s?(?:год|г\\.|км|[+.,]\\d))`,
    `${before}(?<numberBefore>\\d{4})[\\s-]{1,3}(?:й\\s{1,3})?(?:поезд|состав|train)${behind}`,
  ].join('|'),
  'giu',
)

/** The first train of the railway that a text names. */
export function findRailwayTrain(text: string): RailwayTrain | undefined {
  const [found] = text.matchAll(inText)
  return found && canonical(found)
}

/** The text with a mark in the place of each of them. */
export function replaceRailwayTrains(text: string, mark: string): string {
  return text.replace(inText, mark)
}

/** A text that is the number or the index of a train, as buttons carry it. */
export function parseRailwayTrain(text: string): RailwayTrain | undefined {
  return /^(?:\d{4}|\d{4}\+\d{1,3}\+\d{4})$/.test(text) ? (text as RailwayTrain) : undefined
}

/** The three parts of an index; undefined for a number. */
export function partsOfIndex(train: RailwayTrain): readonly [from: string, number: string, to: string] | undefined {
  const [from = '', number, to] = train.split('+')
  return number === undefined || to === undefined ? undefined : [from, number, to]
}

function canonical({ groups = {} }: RegExpMatchArray): RailwayTrain {
  const {
    first = groups['plusFirst'],
    middle = groups['plusMiddle'],
    last = groups['plusLast'],
    number = groups['numberBefore'],
  } = groups
  return (first === undefined ? (number ?? '') : `${first}+${middle}+${last}`) as RailwayTrain
}
