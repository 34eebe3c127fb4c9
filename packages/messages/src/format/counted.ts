/** Of each name that has a number: `ушло 12, не ушло 1`; `none` where there is no number at all. `totals` hold the names behind a prefix. */
export function createCounted(number: (value: number) => string, none: string) {
  return (
    totals: Readonly<Record<string, number>>,
    prefix: string,
    names: Readonly<Record<string, string>>,
  ): string => {
    const parts = Object.entries(names).flatMap(([name, text]) => {
      const amount = totals[`${prefix}${name}`] ?? 0
      return amount > 0 ? [`${text} ${number(amount)}`] : []
    })
    return parts.length === 0 ? none : parts.join(', ')
  }
}
