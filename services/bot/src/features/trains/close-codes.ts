const mostSuggested = 3

/** Known codes that are close to `code`: the same number of another year first, then those with one slip in the digits. */
export function closeCodes(code: string, known: readonly string[]): readonly string[] {
  return known
    .map((other) => ({ other, distance: distanceOf(code, other) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostSuggested)
    .map(({ other }) => other)
}

function distanceOf(code: string, other: string): number {
  const number = numberOf(code)
  if (numberOf(other) === number) return 0
  if (yearOf(other) !== yearOf(code)) return Infinity
  if (isSwapped(number, numberOf(other))) return 1
  const different = Array.from(number).filter((digit, place) => digit !== numberOf(other).charAt(place)).length
  return different === 1 ? 2 : Infinity
}

/** True when two neighbouring digits are swapped. */
function isSwapped(a: string, b: string): boolean {
  const swapped = (place: number) => `${a.slice(0, place)}${a.charAt(place + 1)}${a.charAt(place)}${a.slice(place + 2)}`
  return b === swapped(0) || b === swapped(1)
}

function yearOf(code: string): string {
  return code.slice(0, 3)
}

function numberOf(code: string): string {
  return code.slice(-3)
}
