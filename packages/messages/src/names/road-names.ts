/** The roads by the names that reports give them. */
export const englishRoads: Readonly<Record<string, string>> = {
  октябрьская: 'October Railway',
  калининградская: 'Kaliningrad Railway',
  московская: 'Moscow Railway',
  горьковская: 'Gorky Railway',
  северная: 'Northern Railway',
  'северо-кавказская': 'North Caucasus Railway',
  'юго-восточная': 'South Eastern Railway',
  приволжская: 'Volga Railway',
  куйбышевская: 'Kuibyshev Railway',
  свердловская: 'Sverdlovsk Railway',
  'южно-уральская': 'South Urals Railway',
  'западно-сибирская': 'West Siberian Railway',
  красноярская: 'Krasnoyarsk Railway',
  'восточно-сибирская': 'East Siberian Railway',
  забайкальская: 'Transbaikal Railway',
  дальневосточная: 'Far Eastern Railway',
}
