/**
 * Whether a file name fits a pattern in which `*` stands for any characters and `?` for one; letter case does not matter. Takes at most
 * as many steps as both lengths multiplied, whatever the pattern.
 */
export function fitsPattern(pattern: string, fileName: string): boolean {
  const wanted = Array.from(fold(pattern))
  const name = Array.from(fold(fileName))
  let at = 0
  let star: { readonly next: number; read: number } | undefined
  for (let read = 0; read < name.length;) {
    if (wanted[at] === '*') {
      star = { next: at + 1, read }
      at += 1
    } else if (wanted[at] === '?' || wanted[at] === name[read]) {
      at += 1
      read += 1
    } else if (star) {
      // The last star takes one character more.
      star.read += 1
      at = star.next
      read = star.read
    } else return false
  }
  return wanted.slice(at).every((rest) => rest === '*')
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
