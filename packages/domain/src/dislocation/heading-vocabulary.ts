import { headingWords } from '../cells/heading-units.ts'
import type { DislocationField } from './dislocation-fields.ts'

/** Words of headings, each with its forms and abbreviations. */
const stems = {
  number: /^(?:номер|ном|no|number|№)$/u,
  date: /^(?:дата|даты|время|времени|вр|date|time|datetime)$/u,
  moscow: /^(?:мск|московск\p{L}*|msk)$/u,
  linking: /^(?:и|в|с|на|по|под|из|of|the|to|and|in)$/u,
  title: /^(?:наименовани\p{L}*|наим|название|имя|name)$/u,
  code: /^(?:код|code)$/u,
  container: /^(?:конт|контейнер|контейнера|контейнеров|контейнеры|ктк|container|containers|cntr|бокс|ящик|box)$/u,
  station: /^(?:станция|станции|станций|ст|пункт|station|stn)$/u,
  road: /^(?:дорога|дороги|дор|road|railway)$/u,
  rail: /^(?:жд|железнодорожн\p{L}*|rail)$/u,
  country: /^(?:государство|страна|country)$/u,
  operation: /^(?:операци\p{L}*|опер|оп|operation)$/u,
  location: /^(?:дислокации|местонахождени\p{L}*|нахождения|location)$/u,
  last: /^(?:последн\p{L}*|посл|текущ\p{L}*|тек|last|current|latest)$/u,
  kind: /^вид$/u,
  mnemonic: /^мнемо\p{L}*$/u,
  origin: /^(?:отправлени\p{L}*|отпр|отправ|origin|departure)$/u,
  destination: /^(?:назначени\p{L}*|назн|destination|dest)$/u,
  waybill: /^(?:накладн\p{L}*|накл|waybill)$/u,
  type: /^(?:тип|type)$/u,
  dimension: /^типоразмер$/u,
  start: /^(?:начал\p{L}*|start|began)$/u,
  end: /^(?:окончани\p{L}*|завершени\p{L}*|конец|конца|end)$/u,
  trip: /^(?:рейс|рейса|trip)$/u,
  consignor: /^(?:грузоотправител\p{L}*|отправитель|отправителя|consignor|shipper)$/u,
  consignee: /^(?:грузополучател\p{L}*|получатель|получателя|consignee)$/u,
  tgnl: /^тгнл$/u,
  okpo: /^окпо$/u,
  cargo: /^(?:груз|груза|товар|товара|cargo|commodity)$/u,
  gng: /^гнг$/u,
  weight: /^(?:вес|масса|weight)$/u,
  net: /^(?:нетто|net)$/u,
  mass: /^(?:кг|kg|kgs|т|тн|тонн\p{L}*|t|tons?|tonnes?|ц)$/u,
  condition: /^(?:состояни\p{L}*|condition)$/u,
  index: /^(?:индекс|index)$/u,
  train: /^(?:поезд|поезда|train)$/u,
  wagon: /^(?:вагон|вагона|ваг|платформа|платформы|wagon|railcar)$/u,
  seals: /^(?:пломб|пломбы|seals)$/u,
  count: /^(?:количество|кол|число|count)$/u,
  remnant: /^во$/u,
  received: /^(?:прием|приема|receipt)$/u,
  handed: /^(?:сдача|сдачи|handover)$/u,
  norm: /^(?:норм|норма|норматив\p{L}*)$/u,
  term: /^(?:срок|срока)$/u,
  expiry: /^истечени\p{L}*$/u,
  delivery: /^(?:доставк\p{L}*|дост|delivery)$/u,
  distance: /^(?:расстояни\p{L}*|расст|км|километр\p{L}*|distance|km)$/u,
  total: /^(?:общее|общ|всего|полное|total)$/u,
  done: /^(?:пройден\p{L}*|пройд|done|covered)$/u,
  left: /^(?:оставш\p{L}*|остаточн\p{L}*|осталось|остаток|ост|еще|left|remaining|go)$/u,
  until: /^до$/u,
  idle: /^(?:просто[йяе]|простаивает|idle)$/u,
  days: /^(?:сут|сутки|суток|дн|дни|дней|days)$/u,
  hours: /^(?:ч|час|часы|часов|hours)$/u,
  minutes: /^(?:мин|минут|минуты|minutes)$/u,
  id: /^(?:идентификатор|ид|id)$/u,
  shipment: /^отправки$/u,
  flag: /^признак$/u,
  loaded: /^груж\p{L}*$/u,
}

type Stem = keyof typeof stems

interface Vocabulary {
  /** At least one word of each. */
  readonly needs: readonly (readonly Stem[])[]
  /** Other words that change nothing. */
  readonly allows?: readonly Stem[]
}

const timed = ['date', 'moscow', 'linking'] as const
const lasting = ['last', 'linking'] as const
const idle = ['date', 'operation', 'days', 'hours', 'minutes', ...lasting] as const

const vocabularies: Readonly<Record<DislocationField, Vocabulary>> = {
  container: { needs: [['container']], allows: ['number'] },
  operationStation: {
    needs: [
      ['station', 'location'],
      ['operation', 'location', 'last'],
    ],
    allows: ['title', ...lasting],
  },
  operation: { needs: [['operation']], allows: ['title', 'kind', ...lasting] },
  operatedAt: { needs: [['date'], ['operation']], allows: [...timed, 'last'] },
  operationRoad: { needs: [['road'], ['operation']], allows: ['title', ...lasting] },
  operationMnemonic: { needs: [['mnemonic']], allows: ['code', 'operation', ...lasting] },
  originStation: { needs: [['station'], ['origin']], allows: ['title'] },
  originRoad: { needs: [['road'], ['origin']], allows: ['title'] },
  destinationStation: { needs: [['station'], ['destination']], allows: ['title'] },
  destinationRoad: { needs: [['road'], ['destination']], allows: ['title'] },
  waybill: { needs: [['waybill']], allows: ['number', 'rail'] },
  containerType: {
    needs: [
      ['type', 'dimension'],
      ['container', 'dimension'],
    ],
  },
  tripStartedAt: { needs: [['start'], ['trip']], allows: timed },
  tripEndedAt: { needs: [['end'], ['trip']], allows: timed },
  originCountry: { needs: [['country'], ['origin']], allows: ['title'] },
  destinationCountry: { needs: [['country'], ['destination']], allows: ['title'] },
  consignorTgnl: { needs: [['consignor'], ['tgnl']], allows: ['code'] },
  consignorShort: { needs: [['consignor']] },
  consignorOkpo: { needs: [['consignor'], ['okpo']], allows: ['code'] },
  consignor: { needs: [['consignor'], ['title']] },
  consigneeTgnl: { needs: [['consignee'], ['tgnl']], allows: ['code'] },
  consigneeShort: { needs: [['consignee']] },
  consigneeOkpo: { needs: [['consignee'], ['okpo']], allows: ['code'] },
  consignee: { needs: [['consignee'], ['title']] },
  cargo: { needs: [['cargo']], allows: ['title'] },
  cargoCode: { needs: [['gng']], allows: ['code', 'cargo', 'linking'] },
  weightKg: { needs: [['weight']], allows: ['cargo', 'net', 'mass', 'linking'] },
  condition: { needs: [['condition'], ['container']] },
  trainIndex: { needs: [['index']], allows: ['train', 'station', 'title', 'linking'] },
  trainNumber: { needs: [['train']], allows: ['number'] },
  wagon: { needs: [['wagon']], allows: ['number', 'rail'] },
  seals: { needs: [['seals'], ['count']], allows: ['remnant'] },
  countryReceived: { needs: [['country'], ['received']] },
  countryHanded: { needs: [['country'], ['handed']] },
  roadReceived: { needs: [['road'], ['received']] },
  roadHanded: { needs: [['road'], ['handed']] },
  deliveryDueAt: { needs: [['term'], ['delivery']], allows: ['norm', 'end', 'expiry', ...timed] },
  kmTotal: { needs: [['distance'], ['total']], allows: ['linking'] },
  kmDone: { needs: [['distance'], ['done']], allows: ['linking'] },
  kmLeft: { needs: [['distance'], ['left', 'until']], allows: ['until', 'station', 'destination', 'linking'] },
  idleMinutes: { needs: [['idle']], allows: idle },
  idleDays: { needs: [['idle'], ['days', 'hours', 'minutes']], allows: idle },
  shipmentId: { needs: [['id'], ['shipment']] },
  waybillId: { needs: [['id'], ['waybill']] },
  loaded: { needs: [['flag'], ['loaded']], allows: ['trip'] },
}

const fields = Object.keys(vocabularies) as readonly DislocationField[]
const listed = fields.map((field) => {
  const { needs, allows = [] } = vocabularies[field]
  return { field, needs, words: new Set<Stem>([...needs.flat(), ...allows]) }
})
const stemNames = Object.keys(stems) as readonly Stem[]
/** Say nothing about what a column holds. */
const mute: ReadonlySet<Stem | undefined> = new Set<Stem>(['number', 'date', 'moscow', 'linking', 'title'])
const mostWords = 20

/** The meaning of the words of a heading. */
export interface HeadingMeaning {
  /** The fields that all its words belong to: one word more, as in «Дата примерного прибытия», and it is another thing. */
  readonly fields: ReadonlySet<DislocationField>
  /** It holds no word that says what the column is. */
  readonly isMute: boolean
  /** It holds words of the railway. */
  readonly isOfRailway: boolean
}

const nothing: HeadingMeaning = { fields: new Set(), isMute: true, isOfRailway: false }

/** A reader of headings, given in the form of `normaliseLabel`, that remembers the words it has met. */
export function createHeadingReader(): (normalised: string) => HeadingMeaning {
  const stemOfWord = new Map<string, Stem | undefined>()

  function stemOf(word: string): Stem | undefined {
    if (!stemOfWord.has(word))
      stemOfWord.set(
        word,
        stemNames.find((name) => stems[name].test(word)),
      )
    return stemOfWord.get(word)
  }
  return (normalised) => meaningOf(headingWords(normalised).slice(0, mostWords).map(stemOf))
}

function meaningOf(found: readonly (Stem | undefined)[]): HeadingMeaning {
  if (found.length === 0) return nothing
  const isMute = found.every((stem) => mute.has(stem))
  const isOfRailway = found.some((stem) => stem !== undefined && !mute.has(stem))
  if (isMute || !isOfRailway || found.includes(undefined)) return { fields: nothing.fields, isMute, isOfRailway }
  const said = new Set(found as readonly Stem[])
  const meant = listed.filter(
    ({ needs, words }) =>
      [...said].every((stem) => words.has(stem)) && needs.every((need) => need.some((stem) => said.has(stem))),
  )
  return { fields: new Set(meant.map(({ field }) => field)), isMute, isOfRailway }
}
