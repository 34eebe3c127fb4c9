import { CamelCasePlugin, type KyselyPlugin } from 'kysely'

type Row = Readonly<Record<string, unknown>>

/**
 * Columns are `snake_case`, fields `camelCase`. As Kysely's own plugin, but the names of a result are worked out once: with each row
 * of thousands it takes as long as reading the rows.
 */
export function createFieldNames(): KyselyPlugin {
  const ofKysely = new CamelCasePlugin({ maintainNestedObjectKeys: true })
  return {
    transformQuery: (args) => ofKysely.transformQuery(args),
    transformResult: async ({ result }) => ({ ...result, rows: renameRows(result.rows) }),
  }
}

/** All rows of a result have the same columns in the same order. */
export function renameRows(rows: readonly Row[]): Row[] {
  const columns = Object.keys(rows[0] ?? {})
  const fields = columns.map(fieldOf)
  if (columns.every((column, index) => column === fields[index])) return [...rows]
  return rows.map((row) => {
    const renamed: Record<string, unknown> = {}
    columns.forEach((column, index) => {
      renamed[fields[index] ?? column] = row[column]
    })
    return renamed
  })
}

const known = new Map<string, string>()
/** Far more than there are columns; what people type is never a name. */
const mostKnown = 10_000

function fieldOf(column: string): string {
  const field = known.get(column) ?? column.replaceAll(/(?<=.)_+(.)/g, (_, letter: string) => letter.toUpperCase())
  if (known.size < mostKnown) known.set(column, field)
  return field
}
