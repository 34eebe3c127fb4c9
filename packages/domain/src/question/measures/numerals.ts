/** Numbers as people write them out beside a unit of time; ё is е. */
const numerals = new Map(
  Object.entries({
    '(?:один|одн(?:их|и|ого|у)|one)': 1,
    '(?:полтор(?:а|ы)|полутора)': 1.5,
    '(?:дв(?:а|е|ух|ое)|пар[ыу]|two|a couple of)': 2,
    '(?:тр(?:и|ех|ое)|three)': 3,
    '(?:четыре(?:х)?|четверо|four)': 4,
    '(?:пят(?:ь|и|еро)|five)': 5,
    '(?:шест(?:ь|и)|six)': 6,
    '(?:сем(?:ь|и)|seven)': 7,
    '(?:вос(?:емь|ьми)|eight)': 8,
    '(?:девят(?:ь|и)|nine)': 9,
    '(?:десят(?:ь|и)|ten)': 10,
  }).map(([pattern, value]) => [new RegExp(`^${pattern}$`, 'u'), value] as const),
)

/** Matches any of them. */
export const numeral = [...numerals.keys()].map(({ source }) => source.slice(1, -1)).join('|')

/** The number that a numeral stands for. */
export function numeralOf(words: string): number {
  return [...numerals].find(([pattern]) => pattern.test(words))?.[1] ?? 1
}
