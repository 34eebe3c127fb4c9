/** Words of a name that begin with a small letter, unless the name begins or ends with them. */
const small = new Set('в во г де до и из им имени к км на над о об от под при пос рзд с со ст у эксп перев'.split(' '))

/** Abbreviations that have vowels; those without any are recognised by that. */
const abbreviations = new Set(
  'АО АЭС БАМ ВИЗ ГОК ГРЭС ГЭС ЕАО ЗАО ЗИЛ ОАО ОЭЗ ООО ПАО РФ СНГ США ТЭЦ УВЗ ЧМЗ ЭКСПО'.split(' '),
)

const roman = /^[IVXLC]+$/
const vowel = /[АЕЁИОУЫЭЮЯІЇЄAEIOUY]/

/**
 * A name as people write it, where a report writes it in capitals: `САНКТ-ПЕТЕРБУРГ-ТОВ.` is `Санкт-Петербург-Тов.`. A name
 * that has a small letter already stays as its writer wrote it. Numerals and abbreviations keep their capitals, a remark
 * in brackets begins with a small letter: `Красноярск-Восточный (эксп. на КНР)`.
 */
export function properName(text: string): string {
  if (/\p{Ll}/u.test(text)) return text
  const words = [...text.matchAll(/\p{L}+/gu)]
  return text.replaceAll(/\p{L}+/gu, (word, at: number) => {
    const isFirst = at === words[0]?.index && !/\d/.test(text.slice(0, at))
    const isLast = at === words.at(-1)?.index
    const next = text.charAt(at + word.length)
    return wordOf(word, { next, isEdge: isFirst || (isLast && word.length === 1), isRemark: isInBrackets(text, at) })
  })
}

/** A sentence as people write it, where a report writes it in capitals. */
export function properSentence(text: string): string {
  if (/\p{Ll}/u.test(text)) return text
  return text.replaceAll(/\p{L}+/gu, (word, at: number) => {
    if (isAbbreviation(word)) return word
    return at === 0 ? capitalised(word) : word.toLowerCase()
  })
}

interface Surroundings {
  readonly next: string
  readonly isEdge: boolean
  readonly isRemark: boolean
}

function wordOf(word: string, { next, isEdge, isRemark }: Surroundings): string {
  if (roman.test(word) || isAbbreviation(word)) return word
  const isCutShort = next === '.' && word.length > 1
  if (!isEdge && (small.has(word.toLowerCase()) || (isRemark && isCutShort))) return word.toLowerCase()
  return capitalised(word)
}

/** `КМ` has no vowel, but is a unit. */
function isAbbreviation(word: string): boolean {
  if (abbreviations.has(word)) return true
  return word.length > 1 && !vowel.test(word) && !small.has(word.toLowerCase())
}

function isInBrackets(text: string, at: number): boolean {
  return text.lastIndexOf('(', at) > text.lastIndexOf(')', at)
}

function capitalised(word: string): string {
  return word.charAt(0) + word.slice(1).toLowerCase()
}
