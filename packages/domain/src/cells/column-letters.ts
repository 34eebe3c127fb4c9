/** The name of a column as Excel shows it: 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter
}

/** The zero-based place of a column by its letters; undefined for anything else. */
export function columnIndex(letters: string): number | undefined {
  if (!/^[A-Z]{1,3}$/i.test(letters)) return undefined
  return Array.from(letters.toUpperCase()).reduce((index, letter) => (index + 1) * 26 + letter.charCodeAt(0) - 65, -1)
}
