import { normaliseLabel } from '../cells/header.ts'
import { roadShortName } from '../values/station.ts'
import { createSounds, nearestForms, type Sounds } from './sounds.ts'
import { type Bearing, formsOf, isAdjective } from './word-forms.ts'
import { type Word, wordsOf } from './words.ts'
import { groupBy } from '../lists/group-by.ts'

/** A station as the files name it; `id` is the row's. */
export interface KnownStation {
  readonly id: number
  readonly name: string
  readonly code: string | undefined
  readonly roadName: string | undefined
  readonly roadCode: string | undefined
}

/** A station or a road that a question can be about. */
export interface Place {
  readonly kind: 'station' | 'road'
  /** Short, and stable while the directory only grows. */
  readonly key: string
  readonly name: string
  readonly code: string | undefined
  /** The road of a station that has namesakes. */
  readonly road: string | undefined
  readonly stationIds: readonly number[]
}

/** Names that the files contain. */
export interface Directory {
  readonly places: ReadonlyMap<string, Place>
  readonly spellings: Spellings
  /** Of the words of all names; created for the first unknown word. */
  readonly sounds: () => Sounds
}

/** Place names by all forms of their first word, and places by their codes. */
interface Spellings {
  readonly byWord: ReadonlyMap<string, readonly Spelling[]>
  readonly byCode: ReadonlyMap<string, readonly Place[]>
}

interface Spelling {
  readonly place: Place
  readonly words: readonly string[]
  readonly forms: readonly ReadonlyMap<string, Bearing>[]
  readonly isShort: boolean
  /** The beginning of a nickname is a word of its own: `how far`, `far eastern`. */
  readonly isNick: boolean
}

/** Names that railwaymen have for the roads, and the English names, by code. */
const nicknames: Readonly<Record<string, readonly string[]>> = {
  '01': ['ожд', 'октжд', 'октябрьская', 'october'],
  '10': ['клгжд', 'kaliningrad'],
  // Nobody says the name of the railway where they mean the city, and the city has many stations.
  '17': ['мжд', 'москжд', 'москва', 'мск', 'moscow'],
  '24': ['гжд', 'горькжд', 'gorky'],
  '28': ['сжд', 'севжд', 'northern'],
  '51': ['скжд', 'north caucasus'],
  '58': ['ювжд', 'south eastern'],
  '61': ['привжд', 'пжд', 'volga'],
  '63': ['кбшжд', 'kuibyshev'],
  '76': ['свжд', 'свердлжд', 'sverdlovsk'],
  '80': ['юужд', 'south ural'],
  '83': ['зсжд', 'west siberian'],
  '88': ['красжд', 'краснжд', 'krasnoyarsk'],
  '92': ['всжд', 'east siberian'],
  '94': ['забжд', 'збжд', 'transbaikal', 'trans baikal'],
  '96': ['двжд', 'двост', 'far eastern'],
}

/** How people call cities among themselves, by the first word of the names of their stations. */
const cityNames: Readonly<Record<string, readonly string[]>> = {
  владивосток: ['владик'],
  екатеринбург: ['екб', 'ебург'],
  иркутск: ['ирк'],
  красноярск: ['крск'],
  новосибирск: ['нск', 'новосиб'],
  хабаровск: ['хаб'],
  санкт: ['питер', 'спб'],
}

/** Indexes the names of the files, so that they are found in any case and order of words. */
export function createDirectory(stations: readonly KnownStation[]): Directory {
  const places = [...stationPlaces(stations), ...roadPlaces(stations)]
  const spellings = places.flatMap(spellingsOf)
  const entries = spellings.flatMap((spelling) =>
    [...(spelling.forms[0]?.keys() ?? [])].map((form) => ({ form, spelling })),
  )
  const byForm = groupBy(entries, ({ form }) => form)
  const byWord = new Map([...byForm].map(([form, all]) => [form, all.map(({ spelling }) => spelling)]))
  const byCode = groupBy(
    places.filter(({ code }) => code !== undefined),
    ({ code = '' }) => code,
  )
  let sounds: Sounds | undefined
  return {
    places: new Map(places.map((place) => [place.key, place])),
    spellings: { byWord, byCode },
    sounds: () => (sounds ??= createSounds(wordForms(spellings))),
  }
}

/** The context of a name. */
export interface Beside {
  readonly kind: Place['kind'] | undefined
  /** A word such as `на` stands in front, so that an abbreviation can follow. */
  readonly hasLead: boolean
}

/** Places that the words from an index on name, and how many words the name takes. */
export interface NamedPlaces {
  readonly places: readonly Place[]
  readonly length: number
  readonly bearing: Bearing
}

const mostPlaces = 5

/** The places with the longest name that begins at `index`; several when they share the name. */
export function findPlaces(
  { spellings }: Directory,
  words: readonly Word[],
  index: number,
  beside: Beside,
): NamedPlaces | undefined {
  const word = words[index]
  if (!word) return undefined
  const coded = placesByCode(spellings, word, beside)
  if (coded.length > 0) return { places: coded, length: 1, bearing: undefined }
  const matches = (spellings.byWord.get(word.text) ?? [])
    .filter(({ place }) => isKind(place, beside))
    .map((spelling) => ({ spelling, ...matchOf(spelling, words, index) }))
    .filter(({ spelling, isWhole, isCapital, length }) =>
      spelling.isShort
        ? isWhole && (isCapital || beside.hasLead)
        : isWhole || (!spelling.isNick && isTelling(spelling, length, beside)),
    )
  const length = Math.max(0, ...matches.map((match) => match.length))
  const longest = matches.filter((match) => match.length === length)
  const whole = longest.filter(({ isWhole }) => isWhole)
  const best = whole.length > 0 ? whole : longest
  const places = [...new Set(best.map(({ spelling }) => spelling.place))].slice(0, mostPlaces)
  return places.length === 0 ? undefined : { places, length, bearing: best[0]?.bearing }
}

/** Places whose names sound nearest to a word that no name is, at most `most`. */
export function nearestPlaces({ places, spellings, sounds }: Directory, word: string, most: number): readonly Place[] {
  const bases = nearestForms(sounds(), word.toLowerCase().replaceAll('ё', 'е'), most)
  return bases
    .flatMap((base) => {
      const named = [...places.values()].filter(({ name }) => wordsOf(name).some(({ text }) => text === base))
      return named.length > 0 ? named : (spellings.byWord.get(base) ?? []).map(({ place }) => place)
    })
    .slice(0, most)
}

function placesByCode({ byCode }: Spellings, { text }: Word, beside: Beside): readonly Place[] {
  if (!/^(?:\d{6}|\d{2})$/.test(text)) return []
  // Two digits are a road only where something says so.
  const places = (byCode.get(text) ?? []).filter((place) => isKind(place, beside))
  return places.filter(({ kind }) => kind === 'station' || beside.hasLead || beside.kind === 'road')
}

function isKind(place: Place, { kind }: Beside): boolean {
  return kind === undefined || place.kind === kind
}

function matchOf({ words: name, forms }: Spelling, words: readonly Word[], index: number) {
  let length = 0
  while (length < name.length && isPartOfName(name[length] ?? '', forms[length], words[index + length], length)) {
    length += 1
  }
  const isCapital = words.slice(index, index + length).some((word) => word.isCapital)
  return { length, isWhole: length === name.length, isCapital, bearing: forms[0]?.get(words[index]?.text ?? '') }
}

/** Later words of a name may be cut short: `Екатеринбург-Сорт.` */
function isPartOfName(
  name: string,
  forms: ReadonlyMap<string, Bearing> | undefined,
  word: Word | undefined,
  place: number,
) {
  if (!word) return false
  return forms?.has(word.text) === true || (place > 0 && word.text.length >= 3 && name.startsWith(word.text))
}

/** A beginning of a name is enough, unless it is a mere adjective. */
function isTelling({ words }: Spelling, length: number, { kind }: Beside): boolean {
  return length > 0 && (length > 1 || kind === 'station' || !isAdjective(words[0] ?? ''))
}

function stationPlaces(stations: readonly KnownStation[]): Place[] {
  const byName = groupBy(stations, ({ name }) => normaliseLabel(name))
  return [...byName.values()].flatMap((namesakes) => {
    const coded = namesakes.filter(({ code }) => code !== undefined)
    // Old reports name stations without a code: they may mean each of the namesakes.
    const nameless = namesakes.filter(({ code }) => code === undefined).map(({ id }) => id)
    const [first] = namesakes
    if (coded.length === 0) return first ? [stationPlace(first, nameless)] : []
    return coded.map((station) => ({
      ...stationPlace(station, [station.id, ...nameless]),
      road: coded.length > 1 ? roadOf(station) : undefined,
    }))
  })
}

function stationPlace({ id, name, code }: KnownStation, stationIds: readonly number[]): Place {
  return { kind: 'station', key: `s${id.toString(36)}`, name, code, road: undefined, stationIds }
}

function roadOf({ roadName, roadCode }: KnownStation): string | undefined {
  return roadName ?? (roadCode === undefined ? undefined : roadShortName(roadCode))
}

function roadPlaces(stations: readonly KnownStation[]): Place[] {
  const byName = groupBy(
    stations.filter(({ roadName }) => roadName !== undefined),
    ({ roadName = '' }) => normaliseLabel(roadName),
  )
  return [...byName.values()].flatMap((members) => {
    const ids = members.map(({ id }) => id)
    const [first] = members
    const code = members.find(({ roadCode }) => roadCode !== undefined)?.roadCode
    const key = `r${Math.min(...ids).toString(36)}`
    return first ? [{ kind: 'road', key, name: first.roadName ?? '', code, road: undefined, stationIds: ids }] : []
  })
}

/** Abbreviations are not to be guessed. */
function* wordForms(spellings: readonly Spelling[]): Generator<readonly [form: string, base: string]> {
  for (const { words, forms, isShort } of spellings) {
    for (const [index, base] of isShort ? [] : words.entries()) {
      for (const form of forms[index]?.keys() ?? []) yield [form, base]
    }
  }
}

function spellingsOf(place: Place): Spelling[] {
  const short = place.kind === 'road' && place.code !== undefined ? roadShortName(place.code) : undefined
  const nicks = place.kind === 'road' ? roadNames(place) : (cityNames[wordsOf(place.name)[0]?.text ?? ''] ?? [])
  return [
    spelling(place, place.name),
    ...nicks.map((nick) => spelling(place, nick, { isNick: true })),
    ...(short === undefined ? [] : [spelling(place, short, { isShort: true })]),
  ].filter(({ words }) => words.length > 0)
}

/** Nicknames, and what people make of the name: «забайкалка», «свердловка». */
function roadNames({ name, code = '' }: Place): readonly string[] {
  const spoken = name.toLowerCase().replace(/(?:ь?ск|(?<=н))ая$/u, 'ка')
  return [...(nicknames[code] ?? []), ...(spoken.endsWith('ка') ? [spoken] : [])]
}

function spelling(
  place: Place,
  name: string,
  { isShort = false, isNick = false }: { readonly isShort?: boolean; readonly isNick?: boolean } = {},
): Spelling {
  const words = wordsOf(name).map(({ text }) => text)
  const forms = words.map((word) => (isShort ? new Map([[word, undefined]]) : formsOf(word)))
  return { place, words, forms, isShort, isNick }
}
