const megabyte = 1_000_000
const gigabyte = 1_000_000_000

/** Writes a number of bytes in the unit that fits it, with one digit of a fraction. */
export function createSize(
  locale: string,
  units: readonly [kilobyte: string, megabyte: string, gigabyte: string],
): (bytes: number) => string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  return (bytes) => {
    const power = bytes >= gigabyte ? 2 : bytes >= megabyte / 10 ? 1 : 0
    return `${format.format(bytes / 1_000 ** (power + 1))} ${units[power]}`
  }
}
