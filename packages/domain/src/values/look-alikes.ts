const cyrillic = 'АВСЕКМНОРТУХ'
const latin = 'ABCEKMHOPTYX'

/** Upper case, with the Cyrillic letters that look Latin made Latin. The length stays the same. */
export function latinCapitals(text: string): string {
  return capitals(text).replace(/[АВСЕКМНОРТУХ]/g, (letter) => latin.charAt(cyrillic.indexOf(letter)))
}

/** Upper case, with the Latin letters that look Cyrillic made Cyrillic. The length stays the same. */
export function cyrillicCapitals(text: string): string {
  return capitals(text).replace(/[ABCEKMHOPTYX]/g, (letter) => cyrillic.charAt(latin.indexOf(letter)))
}

/** `toUpperCase` of a whole text may lengthen it (ß, ﬁ). */
function capitals(text: string): string {
  return text.replace(/[a-zа-яё]+/g, (letters) => letters.toUpperCase())
}
