import type { Place } from './directory.ts'
import type { FilterState, NormCondition } from './filter.ts'

/** The relation of containers to the place beside a word. */
export type Verb = 'stand' | 'arrive' | 'head' | 'pass'

/** The part of a question that a phrase expresses. */
export type Meaning =
  | { readonly kind: 'state'; readonly state: FilterState; readonly verb: Verb; readonly isVague: boolean }
  | { readonly kind: 'verb'; readonly verb: Verb }
  | { readonly kind: 'norm'; readonly norm: NormCondition['state']; readonly verb: Verb }
  | { readonly kind: 'preposition'; readonly preposition: 'at' | 'to' | 'from' }
  /** It has left: the place beside is the origin, unless another word says that it is the destination. */
  | { readonly kind: 'departure' }
  | { readonly kind: 'loaded'; readonly loaded: boolean }
  | { readonly kind: 'feet'; readonly feet: 20 | 40 }
  | { readonly kind: 'beside'; readonly beside: Place['kind'] }
  /** The hour of a day: the answer goes by whole days. */
  | { readonly kind: 'hour' }
  /** It asks, without naming the object. */
  | { readonly kind: 'asking' }
  | { readonly kind: 'filler' }
  /** It changes the question: negates it, or makes it about terminals. */
  | { readonly kind: 'reversal' }

const any = '\\p{L}*'
/** Also out of `haven't`. */
const not = '(?:not|(?:haven|hasn|hadn|didn|don|doesn|isn|aren|wasn|weren) t|(?:have|has|did) not)(?: (?:yet|been))?'
const hours = `(?:\\d{1,2} )?(?:утр${any}|вечер(?:а|у|ом|ам|ами)?|ноч(?:ь|и|ью|ам|ами)|днем|обед(?:а|у|ом)?|полдень|полудн(?:ю|я)|полноч(?:ь|и)|morning|afternoon|evening|night|noon|midnight|am|pm)`

function state(state: FilterState, verb: Verb, isVague = false): Meaning {
  return { kind: 'state', state, verb, isVague }
}

/** Whatever keeps or misses its norm is on its way to the place beside it. */
function norm(norm: NormCondition['state']): Meaning {
  return { kind: 'norm', norm, verb: 'head' }
}

/** The first that fits counts, so longer phrases stand before their beginnings. A vague word means a state beside a place only. */
const phrases: readonly (readonly [pattern: string, meaning: Meaning])[] = [
  [`(?:km|kilomet${any}) left|left(?= to )`, { kind: 'verb', verb: 'head' }],
  [`left`, { kind: 'departure' }],
  [`на подходе|approaching`, state('underway', 'arrive')],
  [`стоит ли`, { kind: 'reversal' }],
  [
    `(?:ожида${any}|возможн${any}|прогнозиру${any}|вероятн${any}|(?:есть )?риск|буд(?:ет|ут)|грозит) (?:с )?(?:опоздан${any}|опозда${any}|просроч${any})|(?:могут|может|рискуют|рискует) опоздать|опозда(?:ет|ют)|не успе(?:ет|ют|ва${any})(?: (?:к|в) срок${any})?|(?:at|a) risk(?: of being late)?|(?:will|may|might|could|going to|expected to) be (?:late|delayed)|expected delays?|(?:will |may |might )?(?:miss|not make) (?:the |their |its )?(?:deadline|norm|due date)`,
    norm('at_risk'),
  ],
  [
    `не (?:[оа]п[ао]зд${any}|просроч${any}|задерж${any})|(?:без|нет) (?:опоздан${any}|просроч${any}|задерж${any})|(?:идут |идет |едут |едет |успева(?:ет|ют) |укладыва${any} )?(?:в|к) (?:нормативн${any} )?срок|${not} (?:late|delayed|overdue)|on (?:time|schedule)|in time|(?:раньше|ранее|до (?:истечения|окончания)) срок${any}|досрочно|early|ahead of (?:schedule|time)`,
    norm('in_time'),
  ],
  [
    `(?:(?:истек|выш|прош|наруш|просроч|сорва)${any} )?(?:нормативн${any} )?срок${any}(?: доставк${any})?(?: (?:истек|выш|прош|наруш|просроч|сорва)${any})?|не в срок|(?:позже|позднее|после|сверх) (?:нормативн${any} )?(?:срок|норм)${any}|(?:с )?[оа]п[ао]зд${any}|(?:с )?просроч${any}(?: (?:по )?(?:срок|доставк|норм)${any})?|(?:с )?задерж${any}|(?:running |being |too )?(?:late|delayed|overdue)|behind (?:schedule|the norm)|past (?:due|(?:the |their |its )?(?:deadline|norm|due date))|(?:missed|broke) (?:the |their |its )?(?:deadline|norm|due date)|delays?`,
    norm('late'),
  ],
  [
    `(?:(?:на|at) )?(?:the )?(?:станции отправления|station of departure|origin|departure)`,
    state('at_origin', 'stand'),
  ],
  [
    `не ?(?:отправлен${any}|отправил${any}|уехал${any}|ушел|ушл${any}|ушедш${any})|${not} (?:depart(?:ed)?|left|leave|dispatched|shipped|sent)`,
    state('at_origin', 'stand'),
  ],
  [
    `(?:(?:на|at) )?(?:the )?(?:станции назначения|station of destination|destination)`,
    state('at_destination', 'stand'),
  ],
  [
    `(?:(?:стоит|стоят) )?(?:на|под) (?:выгрузк|разгрузк)${any}|жд[еу]т (?:выгрузк|разгрузк)${any}|(?:awaiting|waiting for) unloading`,
    state('at_destination', 'stand'),
  ],
  [`не ?(?:выгружен${any}|выгрузил${any}|разгружен${any})|${not} unloaded`, state('at_destination', 'stand')],
  [`не ?(?:прибы${any}|приш${any}|приехал${any}|доехал${any})|${not} (?:arrived?|come)`, state('underway', 'head')],
  [
    `(?:сколько )?всего(?: (?:контейнер${any}|ктк|вагон${any}))?|все контейнеры|how many (?:containers |boxes )?(?:in total|overall|altogether)|all containers|total`,
    state('any', 'stand'),
  ],
  [`в (?:пути|дороге)|en route|on (?:the|its|their) way|in transit|underway`, state('en_route', 'head')],
  [
    `не (?:двиг${any}|движ${any}|едет|едут)|без движения|${not} (?:moving|moved?)(?: (?:in|for|since))?`,
    state('standing', 'stand'),
  ],
  [
    `(?:пропал${any}|пропавш${any}|исчез${any}|потерял${any}|потерян${any})(?: из отчет${any})?|нет в отчет${any}|lost|missing(?: from (?:the )?reports?)?`,
    state('missing', 'stand'),
  ],
  [`брош?ен${any}|бросил${any}|бросани${any}|отставлен${any}|abandoned|held`, state('abandoned', 'stand')],
  [
    `стоит|стоят|стоящ${any}|стоял${any}|встал${any}|простаива${any}|проста${any}|просто[йяе]м?|застря${any}|стаит|стаят|вис(?:ит|ят)|завис${any}|торч(?:ит|ат)|standing|stand|stands|stuck|idle|idling`,
    state('standing', 'stand'),
  ],
  [`выгруж${any}|выгруз${any}|разгруж${any}|unloaded`, state('unloaded', 'stand')],
  [`прибы(?:л|ла|ло|ли|вшие|вших)|приехал${any}|доехал${any}|arrived`, state('arrived', 'stand')],
  [`приш(?:ел|ла|ло|ли|едш${any})`, state('arrived', 'stand', true)],
  [
    `при[ий]?д(?:ет|ут)|дойд(?:ет|ут)|доед(?:ет|ут)|прибуд${any}|прибыва${any}|приход(?:ит|ят)|приед${any}|ожида${any}|прибыти${any}|подойд${any}|подход${any}|поступ(?:ит|ят|ает|ают)|ждем|жду|ждать|прогноз${any}|arrives?|arriving|expected|coming|due|eta|forecast|reach(?:es|ing)?`,
    { kind: 'verb', verb: 'arrive' },
  ],
  [`буд(?:ет|ут)`, { kind: 'verb', verb: 'arrive' }],
  [
    `едет|едут|едущ${any}|идет|идут|идущ${any}|движ${any}|следу${any}|направля${any}|осталось|going|moving|heading|headed|bound|travel${any}`,
    { kind: 'verb', verb: 'head' },
  ],
  [
    `прош(?:ел|ла|ло|ли|едш${any})(?: (?:через|мимо))?|проех${any}(?: (?:через|мимо))?|проследовал${any}(?: (?:через|мимо))?|минова${any}|(?:have |has )?(?:passed|went past|gone past)(?: (?:through|by))?`,
    { kind: 'verb', verb: 'pass' },
  ],
  [
    `отправ(?:ил${any}|лен${any})(?= (?:сегодня|вчера|позавчера|за |в |во |на |с |со |из |от |до |к |\\d))|отправил${any}|отправлен(?:о|ы|ные|ных)|вышл${any}|вышедш${any}|ушел|ушл${any}|ушедш${any}|выех${any}|уехал${any}|выбы(?:л|ла|ло|ли|вш${any})|отправк${any}|отгрузк${any}|отгру(?:зил|жен)${any}|departed|departures|set off|(?:was |were )?(?:dispatched|shipped)`,
    { kind: 'departure' },
  ],
  [`порожн${any}|пуст(?:ой|ые|ых|ая)|empty|empties`, { kind: 'loaded', loaded: false }],
  [`груж[её]?н${any}|с грузом|laden|loaded`, { kind: 'loaded', loaded: true }],
  [
    `20 ?(?:ти |ка |а )?(?:фут${any}|ф|ки|к|ок|ками|feet|foot|ft|dc|dv|s)|двадцатифут${any}|двадцатк${any}`,
    { kind: 'feet', feet: 20 },
  ],
  [
    `40 ?(?:ка |ти |а )?(?:фут${any}|ф|ки|к|ок|ками|feet|foot|ft|hc|hq|dc|s)|сорокафут${any}|сорок(?:овк|ак)${any}`,
    { kind: 'feet', feet: 40 },
  ],
  // `by friday`, but `late by 2 days`.
  [
    `by(?= (?:the end|today|tomorrow|\\d{1,2}\\.\\d|\\d{1,2} ${any}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?: |$))(?! \\d{1,2} (?:d|days?|hours?|weeks?)(?: |$))`,
    { kind: 'preposition', preposition: 'to' },
  ],
  [`(?:к |до |после |в |at |by |in the |around )?(?:\\d{1,2}:\\d{2}|${hours})(?: (?:мск|msk))?`, { kind: 'hour' }],
  [
    `(?:дольше|больше|меньше|ближе|дальше|раньше|позже) (?:всех|всего)|сам(?:ый|ые|ая|ых)|ближайш${any}|the most|longest|nearest|closest`,
    { kind: 'filler' },
  ],
  [`рядом со?|недалеко от|рядом|close to`, { kind: 'preposition', preposition: 'at' }],
  [
    `(?:со? )?(?:станци[яюией]{1,2} )?назначени${any}|получени${any}|до|к|ко|to|for|into|towards?`,
    { kind: 'preposition', preposition: 'to' },
  ],
  [
    `(?:со? )?(?:станци[яюией]{1,2} )?отправлени${any}|отправлен${any}|из|от|с|со|from`,
    { kind: 'preposition', preposition: 'from' },
  ],
  [`в|во|на|по|около|возле|at|in|on|near`, { kind: 'preposition', preposition: 'at' }],
  [`(?:код${any} )?(?:станци${any}|ст)|код${any}|stations?|(?:station )?code`, { kind: 'beside', beside: 'station' }],
  [`(?:железн${any} )?дорог${any}|жд|roads?|railways?`, { kind: 'beside', beside: 'road' }],
  [
    `(?:здравствуй${any}|привет${any}|добр${any} (?:день|дня|утро|утра|вечер|вечера)|hello|hi|good (?:morning|day|afternoon|evening)|спасибо|thanks?)`,
    { kind: 'filler' },
  ],
  [
    `что|че|чо|чего|чето|кто|кого|скок[ао]?|как(?:ие|ой|ая|их)|сколько|где|когда|покаж${any}|показ${any}|вывед${any}|спис${any}|найд${any}|найти|все|всех|what|which|who|where|when|how (?:many|much|far|long)|whats|wheres|show|list|find|all|any|everything|count`,
    { kind: 'asking' },
  ],
  [
    `ли|км|километр${any}|далеко|мне|нам|у|нас|еще|уже|или|or|котор${any}|нибудь|мо[йия]|моих|наш${any}|есть|сейчас|теперь|там|это|контейнер${any}|ктк|бокс${any}|короб${any}|груз${any}|вагон${any}|штук${any}|шт|поезд${any}|пожалуйста|скаж${any}|подскаж${any}|дай|дайте|можно|надо|хочу|знать|узнать|вообще|интересует|коллег${any}|статус${any}|и|а|же|но|однако|находит${any}|находятся|нужн${any}|щас|ща|счас|никуда|давно|долго|ехать|пж|пжл|плиз`,
    { kind: 'filler' },
  ],
  [
    `anything|something|it|they|them|ones?|still|yet|already|just|but|pls|plz|km|kilomet${any}|is|s|by|are|was|were|been|the|of|containers?|box(?:es)?|trains?|our|my|me|i|please|do|does|have|has|we|us|there|currently|now|be|will|that|and`,
    { kind: 'filler' },
  ],
  [
    // What has reached a place may have passed it, or have arrived.
    `дош(?:ел|ла|ло|ли|едш${any})|добрал${any}|reached|не|ни|кроме|без|меньше|менее|not|no|except|without|less|under|терминал${any}|сток(?:а|у|и|ов)?|terminals?|stock`,
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
