export interface Stop {
  /** Name and ESR code as a dislocation report prints them. */
  readonly station: string
  readonly road: string
  /** Kilometres from Угловая. */
  readonly km: number
}

export interface Lane {
  /** The destination as the terminal and rosters write it. */
  readonly label: string
  readonly stops: readonly Stop[]
  readonly destination: Stop
  /** A station beside the destination, as far away, where a container is sent instead now and then. */
  readonly neighbour?: Stop
}

export interface Client {
  readonly name: string
  readonly shortName: string
  readonly taxId: string
  /** Consignor's ОКПО. */
  readonly okpo: string
}

const FAR_EAST = 'ДАЛЬНЕВОСТОЧНАЯ (96)'
const TRANSBAIKAL = 'ЗАБАЙКАЛЬСКАЯ (94)'
const EAST_SIBERIAN = 'ВОСТОЧНО-СИБИРСКАЯ (92)'
const KRASNOYARSK = 'КРАСНОЯРСКАЯ (88)'
const WEST_SIBERIAN = 'ЗАПАДНО-СИБИРСКАЯ (83)'
const SVERDLOVSK = 'СВЕРДЛОВСКАЯ (76)'
const GORKY = 'ГОРЬКОВСКАЯ (24)'
const MOSCOW = 'МОСКОВСКАЯ (17)'

export const ORIGIN: Stop = { station: 'УГЛОВАЯ (982206)', road: FAR_EAST, km: 0 }

const TRANSIT: readonly Stop[] = [
  { station: 'УССУРИЙСК (988306)', road: FAR_EAST, km: 78 },
  { station: 'ХАБАРОВСК II (970001)', road: FAR_EAST, km: 730 },
  { station: 'БИРА (962503)', road: FAR_EAST, km: 950 },
  { station: 'БЕЛОГОРСК (950008)', road: TRANSBAIKAL, km: 1400 },
  { station: 'СКОВОРОДИНО (951706)', road: TRANSBAIKAL, km: 1960 },
  { station: 'МОГОЧА (950807)', road: TRANSBAIKAL, km: 2330 },
  { station: 'КАРЫМСКАЯ (943108)', road: TRANSBAIKAL, km: 2945 },
  { station: 'ЧИТА I (940006)', road: TRANSBAIKAL, km: 3044 },
  { station: 'УЛАН-УДЭ (935506)', road: EAST_SIBERIAN, km: 3600 },
  { station: 'ИРКУТСК-СОРТИРОВОЧНЫЙ (930004)', road: EAST_SIBERIAN, km: 4060 },
  { station: 'ТАЙШЕТ (920002)', road: EAST_SIBERIAN, km: 4730 },
  { station: 'КРАСНОЯРСК-ВОСТОЧНЫЙ (890201)', road: KRASNOYARSK, km: 5140 },
  { station: 'МАРИИНСК (880106)', road: KRASNOYARSK, km: 5520 },
  { station: 'ИНСКАЯ (850007)', road: WEST_SIBERIAN, km: 5890 },
  { station: 'ОМСК-ВОСТОЧНЫЙ (831203)', road: WEST_SIBERIAN, km: 6500 },
  { station: 'ТЮМЕНЬ (790003)', road: SVERDLOVSK, km: 7080 },
  { station: 'ЕКАТЕРИНБУРГ-СОРТИРОВОЧНЫЙ (780001)', road: SVERDLOVSK, km: 7410 },
  { station: 'ПЕРМЬ-СОРТИРОВОЧНАЯ (760008)', road: SVERDLOVSK, km: 7790 },
  { station: 'ЛЯНГАСОВО (270005)', road: GORKY, km: 8270 },
  { station: 'ОРЕХОВО-ЗУЕВО (230008)', road: MOSCOW, km: 9090 },
]

const SELYATINO: Stop = { station: 'СЕЛЯТИНО (181102)', road: MOSCOW, km: 9230 }
const ELEKTROUGLI: Stop = { station: 'ЭЛЕКТРОУГЛИ (230600)', road: MOSCOW, km: 9140 }
const KLESHCHIKHA: Stop = { station: 'КЛЕЩИХА (850205)', road: WEST_SIBERIAN, km: 5900 }
const CHEMSKOY: Stop = { station: 'ЧЕМСКОЙ (850308)', road: WEST_SIBERIAN, km: 5900 }

/** The three lanes from Угловая, each with every stop on its way, ends included. */
export const LANES: readonly Lane[] = [
  lane('Селятино', SELYATINO),
  { ...lane('Чемской', CHEMSKOY), neighbour: KLESHCHIKHA },
  lane('Электроугли', ELEKTROUGLI),
]

/** Invented firms; their ИНН belong to nobody. */
export const CLIENTS: readonly Client[] = [
  { name: 'ООО "Снежный Мыс"', shortName: 'СНЕЖНЫЙ МЫС', taxId: '2500000017', okpo: '00112233' },
  { name: 'ООО "Причал & Компас <Импорт>"', shortName: 'ПРИЧАЛ И КОМПАС', taxId: '7700000016', okpo: '00223344' },
  { name: 'АО "Янтарный Берег"', shortName: 'ЯНТАРНЫЙ БЕРЕГ', taxId: '2500000031', okpo: '00334455' },
  { name: 'ООО «Дальний Перевал»', shortName: 'ДАЛЬНИЙ ПЕРЕВАЛ', taxId: '2500000024', okpo: '00445566' },
  { name: 'ИП Примеров П.П.', shortName: 'ИП ПРИМЕРОВ', taxId: '250000004855', okpo: '0055667788' },
  { name: 'ООО "Кедровая Падь Трейд"', shortName: 'КЕДРОВАЯ ПАДЬ', taxId: '0200000019', okpo: '00667788' },
]

/** Cargo names with their ГНГ codes. */
export const CARGOES = [
  { name: 'ПРИБОРЫ БЫТОВЫЕ', code: '85094000' },
  { name: 'ИЗДЕЛИЯ ИЗ ПЛАСТМАСС', code: '39269097' },
  { name: 'ЗАПАСНЫЕ ЧАСТИ К АВТОМОБИЛЯМ', code: '87089997' },
  { name: 'МЕБЕЛЬ, Н.Э.У.', code: '94036010' },
] as const

function lane(label: string, destination: Stop): Lane {
  const between = TRANSIT.filter((stop) => stop.km < destination.km)
  return { label, destination, stops: [ORIGIN, ...between, destination] }
}
