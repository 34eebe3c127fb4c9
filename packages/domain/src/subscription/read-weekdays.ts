const stems = [
  ['пн', 'понед', 'mon'],
  ['вт', 'втор', 'tue'],
  ['ср', 'сред', 'wed'],
  ['чт', 'четв', 'thu'],
  ['пт', 'пятн', 'fri'],
  ['сб', 'субб', 'sat'],
  ['вс', 'воск', 'sun'],
]
const everyDay = [1, 2, 3, 4, 5, 6, 7]
const named: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(?:каждый день|ежедневно|every ?day|daily)$/, everyDay],
  [/^(?:будни|по будням|будние(?: дни)?|рабочие(?: дни)?|weekdays|working days)$/, [1, 2, 3, 4, 5]],
  [/^(?:выходные|по выходным|weekends?)$/, [6, 7]],
]

/** Reads `пн-пт`, `пн, ср, пт`, `по будням`, `daily` as ISO days in order; undefined for anything else. */
export function readWeekdays(text: string): number[] | undefined {
  const words = text.trim().toLowerCase().replaceAll('ё', 'е')
  const whole = named.find(([pattern]) => pattern.test(words))
  if (whole) return [...whole[1]]
  const parts = words.split(/[\s,;]+/).filter((part) => part !== '' && part !== 'и' && part !== 'and')
  const days = parts.map(readPart)
  if (parts.length === 0 || days.some((part) => part === undefined)) return undefined
  return [...new Set(days.flatMap((part) => part ?? []))].sort()
}

/** `пн-ср` or `пн`; `пт-пн` goes over the weekend. */
function readPart(part: string): readonly number[] | undefined {
  const [first = '', last = first, ...more] = part.split(/[-–—]/)
  const [from, to] = [dayOf(first), dayOf(last)]
  if (from === undefined || to === undefined || more.length > 0) return undefined
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => ((from - 1 + index) % 7) + 1)
}

function dayOf(word: string): number | undefined {
  const index = stems.findIndex((names) => names.some((stem) => word.startsWith(stem)))
  return index === -1 || !/^\p{L}+\.?$/u.test(word) ? undefined : index + 1
}
