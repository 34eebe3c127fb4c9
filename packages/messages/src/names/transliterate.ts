/** Of BGN/PCGN 1947; letters of neighbouring alphabets are those of names beyond the border. */
const letters: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ї: 'yi',
  є: 'ye',
  ґ: 'g',
  ў: 'w',
  ә: 'a',
  ғ: 'gh',
  қ: 'q',
  ң: 'ng',
  ө: 'o',
  ұ: 'u',
  ү: 'u',
  һ: 'h',
  ј: 'y',
}

/**
 * Cyrillic text in Latin letters, by the scheme BGN/PCGN of 1947 without its apostrophes: `Орехово-Зуево` is
 * `Orekhovo-Zuyevo`. As maps in English have it, `ё` is `yo`, and the endings `-ый` and `-ий` are `y`.
 */
export function transliterate(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Script=Cyrillic}+/gu, (word) =>
      Array.from(word, (letter, at) => latinOf(letter, at, word)).join(''),
    )
}

function latinOf(letter: string, at: number, word: string): string {
  const small = letter.toLowerCase()
  const latin = latinOfSmall(small, at, word.toLowerCase())
  if (letter === small) return latin
  const isShouted = word.length > 1 && word === word.toUpperCase()
  return isShouted ? latin.toUpperCase() : latin.charAt(0).toUpperCase() + latin.slice(1)
}

function latinOfSmall(letter: string, at: number, word: string): string {
  if (at > 0 && at === word.length - 2 && /[иы]й$/.test(word)) return 'y'
  if (at > 1 && at === word.length - 1 && /[иы]й$/.test(word)) return ''
  if (letter === 'е' && (at === 0 || 'аеёиоуыэюяйъь'.includes(word.charAt(at - 1)))) return 'ye'
  return letters[letter] ?? ''
}
