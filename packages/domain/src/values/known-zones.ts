import type { Language } from './wording.ts'
import { isZone, zoneLabel } from './zone.ts'

/** A zone as people name it: by its largest city. */
export interface KnownZone {
  readonly zone: string
  readonly city: Readonly<Record<Language, string>>
}

/** The zones of Russia by their largest cities, from west to east. */
export const cityZones: readonly KnownZone[] = [
  { zone: 'Europe/Kaliningrad', city: { ru: 'Калининград', en: 'Kaliningrad' } },
  { zone: 'Europe/Moscow', city: { ru: 'Москва', en: 'Moscow' } },
  { zone: 'Europe/Samara', city: { ru: 'Самара', en: 'Samara' } },
  { zone: 'Asia/Yekaterinburg', city: { ru: 'Екатеринбург', en: 'Yekaterinburg' } },
  { zone: 'Asia/Omsk', city: { ru: 'Омск', en: 'Omsk' } },
  { zone: 'Asia/Novosibirsk', city: { ru: 'Новосибирск', en: 'Novosibirsk' } },
  { zone: 'Asia/Krasnoyarsk', city: { ru: 'Красноярск', en: 'Krasnoyarsk' } },
  { zone: 'Asia/Irkutsk', city: { ru: 'Иркутск', en: 'Irkutsk' } },
  { zone: 'Asia/Yakutsk', city: { ru: 'Якутск', en: 'Yakutsk' } },
  { zone: 'Asia/Vladivostok', city: { ru: 'Владивосток', en: 'Vladivostok' } },
  { zone: 'Asia/Magadan', city: { ru: 'Магадан', en: 'Magadan' } },
  { zone: 'Asia/Kamchatka', city: { ru: 'Камчатка', en: 'Kamchatka' } },
]

/** Other cities that people may write, with their zones. */
const otherCities: Readonly<Record<string, string>> = {
  ...sameClock(
    'Europe/Moscow',
    'мск, санкт-петербург, петербург, спб, нижний новгород, казань, ростов-на-дону, ростов, воронеж, краснодар, новороссийск, сочи, ярославль, архангельск, мурманск, электроугли, селятино',
  ),
  ...sameClock('Europe/Volgograd', 'волгоград'),
  ...sameClock('Europe/Saratov', 'саратов'),
  ...sameClock('Europe/Ulyanovsk', 'ульяновск'),
  ...sameClock('Europe/Astrakhan', 'астрахань'),
  ...sameClock('Europe/Kirov', 'киров'),
  ...sameClock('Europe/Simferopol', 'симферополь, севастополь'),
  ...sameClock('Europe/Samara', 'тольятти, ижевск'),
  ...sameClock('Asia/Yekaterinburg', 'челябинск, пермь, уфа, тюмень, оренбург, сургут, магнитогорск'),
  ...sameClock('Asia/Barnaul', 'барнаул'),
  ...sameClock('Asia/Tomsk', 'томск'),
  ...sameClock('Asia/Novokuznetsk', 'новокузнецк, кемерово'),
  ...sameClock('Asia/Krasnoyarsk', 'абакан, норильск, кызыл'),
  ...sameClock('Asia/Irkutsk', 'улан-удэ, братск'),
  ...sameClock('Asia/Chita', 'чита, забайкальск'),
  ...sameClock('Asia/Yakutsk', 'благовещенск, тында'),
  ...sameClock('Asia/Vladivostok', 'хабаровск, находка, уссурийск, артем, угловая, комсомольск-на-амуре'),
  ...sameClock('Asia/Sakhalin', 'сахалин, южно-сахалинск'),
  ...sameClock('Asia/Kamchatka', 'петропавловск-камчатский'),
  ...sameClock('Asia/Anadyr', 'анадырь'),
  ...sameClock('Europe/Minsk', 'минск'),
  ...sameClock('Asia/Almaty', 'алматы, астана'),
  ...sameClock('Asia/Tashkent', 'ташкент'),
  ...sameClock('Asia/Shanghai', 'пекин, шанхай, beijing'),
  ...sameClock('Asia/Seoul', 'сеул, пусан, busan'),
  ...sameClock('Asia/Tokyo', 'токио'),
}

/** The zone that somebody means by a city, an IANA name in any case, or a label such as `МСК+7` as it is at this moment. */
export function findZone(text: string, instant: Date): string | undefined {
  const name = normalise(text)
  const known = cityZones.find(({ city }) => normalise(city.ru) === name || normalise(city.en) === name)
  if (known) return known.zone
  const other = Object.hasOwn(otherCities, name) ? otherCities[name] : undefined
  return other ?? zoneOfLabel(text, instant) ?? zoneOfName(text.trim())
}

/** How a zone is called: by its city where it is a known one. */
export function zoneName(zone: string, language: Language): string {
  return cityZones.find((known) => known.zone === zone)?.city[language] ?? zone
}

function sameClock(zone: string, cities: string): Readonly<Record<string, string>> {
  return Object.fromEntries(cities.split(', ').map((city) => [city, zone]))
}

function normalise(text: string): string {
  return text.trim().toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ')
}

function zoneOfLabel(text: string, instant: Date): string | undefined {
  const label = text.trim().toUpperCase().replaceAll(/\s/g, '').replace(/^MSK/, 'МСК').replace(/[-–—]/, '−')
  return cityZones.find(({ zone }) => zoneLabel(zone, instant) === label)?.zone
}

/** A zone by its whole name, or by the city in it: `Asia/Tbilisi`, `tbilisi`. */
function zoneOfName(text: string): string | undefined {
  const name = text.toLowerCase().replaceAll(/\s+/g, '_')
  if (name.includes('/') && isZone(name))
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${name}`))
}
