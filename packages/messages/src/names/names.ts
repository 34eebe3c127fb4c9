import { cleanText } from '@atermtrack/domain'
import { catalogue, type Language } from '../catalogue.ts'
import { englishOperations } from './operation-glossary.ts'
import { properName, properSentence } from './proper-name.ts'
import { englishRoads } from './road-names.ts'
import { transliterate } from './transliterate.ts'

/** The names of all reports are few, and a large report asks for the same ones again and again. */
const mostKnown = 5_000

const operations = new Map(Object.entries(englishOperations))
const roads = new Map(Object.entries(englishRoads))

/** A station, or another place, as a name: `Селятино`, in English `Selyatino`. The data keep what the source wrote. */
export const stationName = remembered((name, language) => latinFor(language, properName(name)))

/** A road: `Забайкальская`, in English `Transbaikal Railway`. */
export const roadName = remembered((name, language) => {
  const proper = properName(name)
  return language === 'ru' ? proper : (roads.get(proper.toLowerCase()) ?? transliterate(proper))
})

/** An operation in words, with its code where the source gives one: `Бросание поезда (92)`, `Train held en route (92)`. */
export const operationName = remembered((text, language) => {
  const operation = properSentence(text)
  if (language === 'ru') return operation
  const [, name = operation, code] = /^(.*?) ?\((\d{1,3})\)$/.exec(cleanText(operation)) ?? []
  const key = name.toLowerCase().replaceAll('ё', 'е').trim()
  const english = operations.get(key) ?? operations.get(key.replaceAll(about, ''))
  if (english === undefined) return transliterate(operation)
  return code === undefined ? english : `${english} (${code})`
})

/** An operation within a sentence: `train held en route (92)`. Abbreviations keep their capitals. */
export function operationInSentence(text: string, language: Language): string {
  const name = operationName(text, language)
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

/** A stock of a terminal: `сток 2, отправка по ж/д` where the terminal writes `Отправка по жд Сток 2`. */
export const stockName = remembered((text, language) => {
  const { stock } = catalogue[language].lookup
  const written = cleanText(text)
  const found = /^(?:(.*) )?(?:сток|stock) ?№? ?(\S+)$/iu.exec(written)
  if (!found) return stock(latinFor(language, written))
  const [, use, number = ''] = found
  return use === undefined ? stock(number) : `${stock(number)}, ${useOf(use, language)}`
})

/** Uses of stocks: containers wait there for this. */
const uses: ReadonlyMap<string, string> = new Map([
  ['отправка по ж/д', 'dispatch by rail'],
  ['отправка автомобилем', 'dispatch by truck'],
  ['выдача автомобилем', 'release by truck'],
  ['хранение', 'storage'],
])

/** The object of an operation, which the reader of a card sees anyway. */
const about = / (?:вагона|контейнера|груза|состава)(?= |$)/g

function useOf(text: string, language: Language): string {
  const use = text.replaceAll(/(?<=^| )жд(?= |$)/giu, 'ж/д')
  const small = /^\p{Lu}\p{Ll}/u.test(use) ? use.charAt(0).toLowerCase() + use.slice(1) : use
  return language === 'ru' ? small : (uses.get(small) ?? transliterate(small))
}

function latinFor(language: Language, text: string): string {
  return language === 'ru' ? text : transliterate(text)
}

function remembered(nameOf: (text: string, language: Language) => string) {
  const known = new Map<string, string>()
  return (text: string, language: Language): string => {
    const key = `${language} ${text}`
    const former = known.get(key)
    if (former !== undefined) return former
    if (known.size >= mostKnown) known.clear()
    const name = nameOf(text, language)
    known.set(key, name)
    return name
  }
}
