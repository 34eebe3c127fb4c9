/** How a locale writes a whole day, which is given as its midnight at UTC. */
export function createDate(
  locale: string,
  parts: Pick<Intl.DateTimeFormatOptions, 'day' | 'month' | 'year'>,
): (day: Date) => string {
  const format = new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' })
  return (day) => format.format(day)
}
