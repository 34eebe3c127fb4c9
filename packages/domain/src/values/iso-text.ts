const isoTexts = new Map<number, string>()
const isoTextsKept = 20_000

/** `toISOString`, which is dear: the rows of a report share their times, and so do the containers of a train. */
export function isoText(instant: Date): string {
  const time = instant.getTime()
  const known = isoTexts.get(time)
  if (known !== undefined) return known
  if (isoTexts.size >= isoTextsKept) isoTexts.clear()
  const text = instant.toISOString()
  isoTexts.set(time, text)
  return text
}
