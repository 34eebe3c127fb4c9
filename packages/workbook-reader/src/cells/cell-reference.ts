const UPPER_A = 0x41
const LOWER_A = 0x61
const LETTERS = 26
const CASE_BIT = 0x20
// Four letters are past Excel's last column, XFD.
const MAX_LETTERS = 4

/** The 0-based column of a reference such as `AB12`; -1 if it does not begin with letters. */
export function columnOf(bytes: Buffer, from: number, to: number): number {
  const end = Math.min(to, from + MAX_LETTERS)
  let column = 0
  for (let at = from; at < end; at++) {
    const letter = ((bytes[at] as number) | CASE_BIT) - LOWER_A
    if (letter < 0 || letter >= LETTERS || (bytes[at] as number) < UPPER_A) break
    column = column * LETTERS + letter + 1
  }
  return column - 1
}
