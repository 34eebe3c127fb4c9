import { catalogue, type Language } from '../catalogue.ts'

/** `3 сут 4 ч`, `5 h 20 min`. Less than zero counts as zero. */
export function formatDuration(minutes: number, language: Language): string {
  return catalogue[language].duration(minutes)
}

/** `1 204,5`, `1,204.5`. */
export function formatNumber(n: number, language: Language): string {
  return catalogue[language].number(n)
}

/** `1,2 ГБ`, `0.4 kB`. */
export function formatBytes(bytes: number, language: Language): string {
  return catalogue[language].size(bytes)
}

/** A number as a text that a spreadsheet of this language takes for a number. */
export function toDecimalText(n: number, language: Language): string {
  return String(n).replace('.', catalogue[language].decimalMark)
}

/** How a zone is called: by its largest city where it is a zone of Russia. */
export function zoneName(zone: string, language: Language): string {
  const cities: Readonly<Record<string, string>> = catalogue[language].zoneCities
  return Object.hasOwn(cities, zone) ? (cities[zone] ?? zone) : zone
}

/** The days from one moment to another in a zone, without their year: `14–16 августа`, short `14–16 авг.`. */
export function formatDayRange(
  { from, to }: { readonly from: Date; readonly to: Date },
  {
    zone,
    language,
    isShort = false,
  }: { readonly zone: string; readonly language: Language; readonly isShort?: boolean },
): string {
  const { dayRange, shortDayRange } = catalogue[language]
  return (isShort ? shortDayRange : dayRange)(from, to, zone)
}
