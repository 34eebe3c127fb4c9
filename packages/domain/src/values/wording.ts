import type { WallTime } from './wall-time.ts'

export type Language = 'ru' | 'en'

const durationUnits = { ru: ['сут', 'ч', 'мин'], en: ['d', 'h', 'min'] } as const

/** The form of a Russian noun that goes with a whole number: 1 контейнер, 2 контейнера, 5 контейнеров. */
export function pluralRu(n: number, one: string, few: string, many: string): string {
  const tens = Math.abs(n) % 100
  const units = tens % 10
  if (tens >= 11 && tens <= 14) return many
  if (units === 1) return one
  return units >= 2 && units <= 4 ? few : many
}

/** `dd.mm.yyyy HH:MM` */
export function formatWall(wall: WallTime): string {
  return `${formatWallDate(wall)} ${wall.slice(11, 16)}`
}

/** `dd.mm.yyyy` */
export function formatWallDate(wall: WallTime): string {
  return `${wall.slice(8, 10)}.${wall.slice(5, 7)}.${wall.slice(0, 4)}`
}

/** Minutes in the largest unit and the next one: `3 сут 4 ч`, `5 ч 20 мин`, `0 мин`. Less than zero counts as zero. */
export function formatDuration(minutes: number, language: Language): string {
  const [day, hour, minute] = durationUnits[language]
  const total = Math.max(0, Math.round(minutes))
  if (total < 60) return `${total} ${minute}`
  const hours = Math.floor(total / 60)
  if (hours < 24) return withRest(`${hours} ${hour}`, total % 60, minute)
  return withRest(`${Math.floor(hours / 24)} ${day}`, hours % 24, hour)
}

function withRest(whole: string, rest: number, unit: string): string {
  return rest === 0 ? whole : `${whole} ${rest} ${unit}`
}
