import { isZone, zoneLabel } from './zone.ts'

/** The zones of Russia, each with its largest city as people write it, from west to east. */
const largestCities = [
  ['Europe/Kaliningrad', 'калининград', 'kaliningrad'],
  ['Europe/Moscow', 'москва', 'moscow'],
  ['Europe/Samara', 'самара', 'samara'],
  ['Asia/Yekaterinburg', 'екатеринбург', 'yekaterinburg'],
  ['Asia/Omsk', 'омск', 'omsk'],
  ['Asia/Novosibirsk', 'новосибирск', 'novosibirsk'],
  ['Asia/Krasnoyarsk', 'красноярск', 'krasnoyarsk'],
  ['Asia/Irkutsk', 'иркутск', 'irkutsk'],
  ['Asia/Yakutsk', 'якутск', 'yakutsk'],
  ['Asia/Vladivostok', 'владивосток', 'vladivostok'],
  ['Asia/Magadan', 'магадан', 'magadan'],
  ['Asia/Kamchatka', 'камчатка', 'kamchatka'],
] as const

/** The zones of Russia from west to east. */
export const cityZones: readonly string[] = largestCities.map(([zone]) => zone)

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
  const known = largestCities.find(([, ...names]) => names.some((city) => city === name))
  if (known) return known[0]
  const other = Object.hasOwn(otherCities, name) ? otherCities[name] : undefined
  return other ?? zoneOfLabel(text, instant) ?? zoneOfName(text.trim())
}

function sameClock(zone: string, cities: string): Readonly<Record<string, string>> {
  return Object.fromEntries(cities.split(', ').map((city) => [city, zone]))
}

function normalise(text: string): string {
  return text.trim().toLowerCase().replaceAll('ё', 'е').replaceAll(/\s+/g, ' ')
}

function zoneOfLabel(text: string, instant: Date): string | undefined {
  const label = text.trim().toUpperCase().replaceAll(/\s/g, '').replace(/^MSK/, 'МСК').replace(/[-–—]/, '−')
  return cityZones.find((zone) => zoneLabel(zone, instant) === label)
}

/** A zone by its whole name, or by the city in it: `Asia/Tbilisi`, `tbilisi`. */
function zoneOfName(text: string): string | undefined {
  const name = text.toLowerCase().replaceAll(/\s+/g, '_')
  if (name.includes('/') && isZone(name))
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${name}`))
}
