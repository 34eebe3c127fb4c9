import type { Place } from './directory.ts'
import type { FilterState } from './filter.ts'

/** The relation of containers to the place beside a word. */
export type Verb = 'stand' | 'arrive' | 'head'

/** The part of a question that a phrase expresses. */
export type Meaning =
  | { readonly kind: 'state'; readonly state: FilterState; readonly verb: Verb; readonly isVague: boolean }
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'preposition'; readonly preposition: 'at' | 'to' | 'from' }
  | { readonly kind: 'beside'; readonly beside: Place['kind'] }
  /** It asks, without naming the object. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'filler' }
  /** It changes the question: negates it, or makes it about terminals. */
  | { readonly kind: 'reversal' }

const any = '\\p{L}*'

function state(state: FilterState, verb: Verb, isVague = false): Meaning {
  return { kind: 'state', state, verb, isVague }
}

/** The first that fits counts, so longer phrases stand before their beginnings. A vague word means a state beside a place only. */
const phrases: readonly (readonly [pattern: string, meaning: Meaning])[] = [
  [
    `(?:(?:на|at) )?(?:the )?(?:станции отправления|station of departure|origin|departure)`,
    state('at_origin', 'stand'),
  ],
  [`не (?:отправлен${any}|отправил${any}|уехал${any}|ушел|ушл${any})`, state('at_origin', 'stand')],
  [
    `(?:(?:на|at) )?(?:the )?(?:станции назначения|station of destination|destination)`,
    state('at_destination', 'stand'),
  ],
  [
    `(?:(?:стоит|стоят) )?(?:на|под) (?:выгрузк|разгрузк)${any}|жд[еу]т (?:выгрузк|разгрузк)${any}|(?:awaiting|waiting for) unloading`,
    state('at_destination', 'stand'),
  ],
  [`не (?:выгружен${any}|выгрузил${any}|разгружен${any})|not unloaded`, state('at_destination', 'stand')],
  [`не (?:прибы${any}|приш${any}|приехал${any}|доехал${any})|not arrived`, state('underway', 'head')],
  [`в (?:пути|дороге)|en route|on (?:the|its|their) way|in transit|underway`, state('en_route', 'head')],
  [`не (?:двиг${any}|движ${any}|едет|едут)|без движения|not moving`, state('standing', 'stand')],
  [
    `(?:пропал${any}|пропавш${any}|исчез${any}|потерял${any}|потерян${any})(?: из отчет${any})?|нет в отчет${any}|lost|missing(?: from (?:the )?reports?)?`,
    state('missing', 'stand'),
  ],
  [`брош?ен${any}|бросил${any}|бросани${any}|отставлен${any}|abandoned`, state('abandoned', 'stand')],
  [
    `стоит|стоят|стоящ${any}|стоял${any}|простаива${any}|проста${any}|просто[йяе]м?|застря${any}|стаит|стаят|вис(?:ит|ят)|завис${any}|торч(?:ит|ат)|задерж${any}|standing|stand|stands|stuck|idle|idling|delayed`,
    state('standing', 'stand'),
  ],
  [`выгруж${any}|выгруз${any}|разгруж${any}|unloaded`, state('unloaded', 'stand')],
  [`прибы(?:л|ла|ло|ли|вшие|вших)|приехал${any}|доехал${any}|arrived`, state('arrived', 'stand')],
  [`приш(?:ел|ла|ло|ли|едш${any})`, state('arrived', 'stand', true)],
  [
    `при[ий]?д(?:ет|ут)|дойд(?:ет|ут)|доед(?:ет|ут)|прибуд${any}|прибыва${any}|приход(?:ит|ят)|приед${any}|ожида${any}|прибыти${any}|подойд${any}|подход${any}|поступ(?:ит|ят|ает|ают)|ждем|жду|ждать|прогноз${any}|arrives?|arriving|expected|coming|due|eta|forecast`,
    { kind: 'verb', verb: 'arrive' },
  ],
  [`буд(?:ет|ут)`, { kind: 'verb', verb: 'arrive' }],
  [
    `едет|едут|едущ${any}|идет|идут|идущ${any}|движ${any}|следу${any}|направля${any}|осталось|left|going|moving|heading|headed|bound|travel${any}`,
    { kind: 'verb', verb: 'head' },
  ],
  [`рядом со?|недалеко от|рядом|close to`, { kind: 'preposition', preposition: 'at' }],
  [
    `(?:со? )?(?:станци[яюией]{1,2} )?назначени${any}|получени${any}|до|к|ко|to|for|into|towards?`,
    { kind: 'preposition', preposition: 'to' },
  ],
  [
    `(?:со? )?(?:станци[яюией]{1,2} )?отправлени${any}|отправлен${any}|вышл${any}|вышедш${any}|ушл${any}|из|от|с|со|from`,
    { kind: 'preposition', preposition: 'from' },
  ],
  [`в|во|на|по|около|возле|at|in|on|near`, { kind: 'preposition', preposition: 'at' }],
  [`станци${any}|ст|stations?`, { kind: 'beside', beside: 'station' }],
  [`(?:железн${any} )?дорог${any}|жд|roads?|railways?`, { kind: 'beside', beside: 'road' }],
  [
    `(?:здравствуй${any}|привет${any}|добр${any} (?:день|дня|утро|утра|вечер|вечера)|hello|hi|good (?:morning|day|afternoon|evening)|спасибо|thanks?)`,
    { kind: 'filler' },
  ],
  [
    `что|че|чо|чего|кто|как(?:ие|ой|ая|их)|сколько|где|когда|покаж${any}|показ${any}|вывед${any}|спис${any}|найд${any}|найти|все|всех|what|which|who|where|when|how (?:many|much)|show|list|find|all|any|count`,
    { kind: 'asking' },
  ],
  [
    `мне|нам|у|нас|еще|уже|или|or|котор${any}|нибудь|всего|мо[йия]|моих|наш${any}|есть|сейчас|теперь|там|это|контейнер${any}|ктк|бокс${any}|короб${any}|груз${any}|вагон${any}|штук${any}|шт|поезд${any}|пожалуйста|скаж${any}|подскаж${any}|дай|дайте|можно|надо|хочу|знать|узнать|вообще|интересует|коллег${any}|статус${any}|и|а|же|находит${any}|находятся|нужн${any}`,
    { kind: 'filler' },
  ],
  [
    `is|s|are|was|were|been|the|of|containers?|box(?:es)?|trains?|our|my|me|i|please|do|does|have|has|we|us|there|currently|now|be|will|that|and`,
    { kind: 'filler' },
  ],
  [
    `не|ни|кроме|без|меньше|менее|ли|not|no|except|without|less|under|терминал${any}|сток(?:а|у|и|ов)?|terminals?|stock`,
    { kind: 'reversal' },
  ],
]

const compiled = phrases.map(([pattern, meaning]) => ({ pattern: new RegExp(`^(?:${pattern})(?= |$)`, 'u'), meaning }))

/** The phrase at the beginning of a text, and its number of words. */
export function findPhrase(text: string): { readonly meaning: Meaning; readonly length: number } | undefined {
  for (const { pattern, meaning } of compiled) {
    const [found] = pattern.exec(text) ?? []
    if (found !== undefined) return { meaning, length: countWords(found) }
  }
  return undefined
}

export function countWords(phrase: string): number {
  return phrase.split(' ').length
}
