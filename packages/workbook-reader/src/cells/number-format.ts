const BUILTIN_DATES: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 45],
  [47, 47],
  [50, 58],
]
// Excel's own limit is 255 characters.
const MAX_CODE_LENGTH = 1_000

/** Whether a built-in format shows a date or time of day; 46, `[h]:mm:ss`, is a duration. */
export function isBuiltinDateFormat(id: number): boolean {
  return BUILTIN_DATES.some(([from, to]) => id >= from && id <= to)
}

/** Whether a format code such as `dd.mm.yyyy;@` shows a date. An elapsed time, `[h]:mm`, stays a number of days. */
export function isDateFormat(code: string): boolean {
  if (code.length > MAX_CODE_LENGTH) return false
  const bare = code
    .replaceAll(/"[^"]*(?:"|$)/gu, '')
    .replaceAll(/[\\_*][^]/gu, '')
    .toLowerCase()
  if (/\[(?:h+|m+|s+)\]/u.test(bare)) return false
  return /[dmyhs]/u.test(bare.replaceAll(/\[[^\]]*(?:\]|$)/gu, '').replaceAll('general', ''))
}
