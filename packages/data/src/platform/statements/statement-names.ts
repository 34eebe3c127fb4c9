export interface StatementNamesOptions {
  /** Each costs memory in every connection. */
  readonly most?: number
  /** How often a statement must have run to be worth it. */
  readonly after?: number
}

/** Names for the statements that are repeated, by their text; undefined for the others. */
export type StatementNames = (text: string) => string | undefined

/**
 * Stands before a statement that is to be planned for the table as it is now. A plan from when the table was empty walks
 * through whatever has come and gone since.
 */
export const planEachTime = '/* plan each time */'

/** PostgreSQL parses and plans a named statement once per connection. The names stay for as long as the process. */
export function createStatementNames({ most = 100, after = 3 }: StatementNamesOptions = {}): StatementNames {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size === most || text.includes(planEachTime)) return known
    const count = (counts.get(text) ?? 0) + 1
    if (count < after) {
      // Lists of every length make ever new texts, which are not to be kept for ever.
      if (counts.size === most) counts.clear()
      counts.set(text, count)
      return undefined
    }
    counts.delete(text)
    const name = `s${names.size + 1}`
    names.set(text, name)
    return name
  }
}
