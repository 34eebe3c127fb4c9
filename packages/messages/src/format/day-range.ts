/** How a locale writes days without their year: `14–16 августа`, `30 August – 2 September`, in the zone of the reader. */
export function createDayRange(
  locale: string,
  month: 'long' | 'short',
): (from: Date, to: Date, zone: string) => string {
  // Making one takes longer than all the rest of a card. There are a few dozen zones.
  const formats = new Map<string, Intl.DateTimeFormat>()
  const formatIn = (zone: string): Intl.DateTimeFormat => {
    const format = formats.get(zone) ?? new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: zone })
    formats.set(zone, format)
    return format
  }
  return (from, to, zone) => {
    const format = formatIn(zone)
    const [first, last] = [format.format(from), format.format(to)]
    if (first === last) return last
    const [fromDay, toDay] = [splitDay(format, from), splitDay(format, to)]
    return fromDay.month === toDay.month ? `${fromDay.day}–${last}` : `${first} – ${last}`
  }
}

function splitDay(format: Intl.DateTimeFormat, moment: Date): { readonly day: string; readonly month: string } {
  const parts = format.formatToParts(moment)
  const valueOf = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? ''
  return { day: valueOf('day'), month: valueOf('month') }
}
