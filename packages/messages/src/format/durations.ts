/** How a language abbreviates units of time. */
export interface TimeUnits {
  readonly day: string
  readonly hour: string
  readonly minute: string
}

/** Writes minutes in the largest unit and the next one. Less than zero counts as zero. */
export function createDuration({ day, hour, minute }: TimeUnits): (minutes: number) => string {
  return (minutes) => {
    const total = Math.max(0, Math.round(minutes))
    if (total < 60) return `${total} ${minute}`
    const hours = Math.floor(total / 60)
    if (hours < 24) return withRest(`${hours} ${hour}`, total % 60, minute)
    return withRest(`${Math.floor(hours / 24)} ${day}`, hours % 24, hour)
  }
}

function withRest(whole: string, rest: number, unit: string): string {
  return rest === 0 ? whole : `${whole} ${rest} ${unit}`
}
