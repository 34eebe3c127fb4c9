/** The meaning of the ending of a place's name: where something is (в Чите), where it goes (в Читу), or neither. */
export type Bearing = 'at' | 'toward' | undefined

type Endings = Readonly<Record<string, Bearing>>

const consonant = /[бвгджзклмнпрстфхцчшщ]$/

const declensions: readonly (readonly [ending: RegExp, endings: Endings])[] = [
  [/ая$/, { ой: 'at', ую: 'toward', ою: undefined }],
  [/яя$/, { ей: 'at', юю: 'toward' }],
  [
    /(?:[ыио]й|[ое]е)$/,
    { ого: undefined, его: undefined, ому: 'toward', ему: 'toward', ом: 'at', ем: 'at', ым: undefined, им: undefined },
  ],
  [/[ыи]е$/, { ых: 'at', их: 'at', ым: undefined, им: undefined }],
  [/о$/, { а: undefined, у: 'toward', ом: undefined, е: 'at' }],
  [/ия$/, { ии: 'at', ию: 'toward', ией: undefined }],
  [/а$/, { ы: undefined, и: undefined, е: 'at', у: 'toward', ой: undefined, ей: undefined }],
  [/я$/, { и: undefined, е: 'at', ю: 'toward', ей: undefined }],
  [/ь$/, { и: 'at', е: 'at', ю: 'toward', я: undefined, ью: undefined, ем: undefined }],
  [/й$/, { я: undefined, ю: 'toward', е: 'at', ем: undefined }],
  [
    /[ыи]$/,
    { ах: 'at', ях: 'at', ам: 'toward', ям: 'toward', ей: undefined, ов: undefined, ами: undefined, ями: undefined },
  ],
  [consonant, { а: undefined, у: 'toward', ом: undefined, ем: undefined, е: 'at' }],
]
const shortestDeclined = 3

/** The forms that a Russian word of a name (lower case, nominative) takes in a sentence, with itself. */
export function formsOf(word: string): ReadonlyMap<string, Bearing> {
  const forms = new Map<string, Bearing>([[word, undefined]])
  const [ending, endings] = declensions.find(([ending]) => ending.test(word)) ?? []
  if (!ending || !endings || word.length < shortestDeclined) return forms
  const stem = consonant.test(word) ? word : word.replace(ending, '')
  for (const [form, bearing] of Object.entries(endings)) {
    if (!forms.has(stem + form)) forms.set(stem + form, bearing)
  }
  return forms
}

/** Such a word is seldom a name by itself: `Новый Уоян`. */
export function isAdjective(word: string): boolean {
  return word.length > shortestDeclined && /(?:ая|яя|[ыио]й|[ое]е|[ыи]е)$/.test(word)
}

/** Whether a name says by itself where something goes, since its accusative is the name: `в Омск`, but not `в Селятино`. */
export function isOwnAccusative(word: string): boolean {
  return word.length > shortestDeclined && /(?:[бвгджзклмнпрстфхцчшщьыи]|[ыи]й)$/.test(word)
}
