const removed = /[\0\p{Cf}\p{Cs}]/gu
const blanks = /[\s\p{Cc}]+/gu

/** Text as a reader sees it: no zero-width marks, BOM, NUL or lone surrogates; every run of blanks is one space. */
export function cleanText(text: string): string {
  return isPlain(text) ? text : text.replace(removed, '').replace(blanks, ' ').trim()
}

/** The first characters of a text, with no half of a surrogate pair at the end: the database rejects such a half in JSON. */
export function cutText(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/\p{Cs}$/u, '')
}

/** A text of at most `most` characters; an ellipsis stands for what is left out. Buttons show only the start of a long text. */
export function clipText(text: string, most: number): string {
  return text.length <= most ? text : `${cutText(text, most - 1)}…`
}

/** Most cells of a sheet of millions need no change, and a scan is ten times cheaper than two regexes. */
function isPlain(text: string): boolean {
  let previous = 0x20
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0x20 ? previous === 0x20 : !isPlainLetter(code)) return false
    previous = code
  }
  return previous !== 0x20 || text === ''
}

/** Printable ASCII and Cyrillic. */
function isPlainLetter(code: number): boolean {
  return (code > 0x20 && code < 0x7f) || (code >= 0x400 && code <= 0x482)
}
