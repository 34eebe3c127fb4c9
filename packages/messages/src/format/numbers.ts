/** How a locale writes numbers. */
export function createNumber(locale: string): (n: number) => string {
  const format = new Intl.NumberFormat(locale)
  return (n) => format.format(n)
}
