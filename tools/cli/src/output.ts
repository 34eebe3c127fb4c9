import { type Cell, textTable } from './text-table.ts'

/** Where a command writes its result. */
export interface Output {
  /** A sentence about the result. */
  readonly print: (text: string) => void
  readonly table: (headings: readonly string[], rows: readonly (readonly Cell[])[]) => void
  /** Writes what is collected, with the reason when the command failed. */
  readonly end: (failure?: string) => void
}

/** Sentences, and tables as aligned columns, at once. */
export function textOutput(write: (text: string) => void): Output {
  let isFirst = true
  const print = (text: string) => {
    isFirst = false
    write(text)
  }
  return {
    print,
    table(headings, rows) {
      const text = textTable(headings, rows)
      print(isFirst ? text : `\n${text}`)
    },
    end: (failure) => failure !== undefined && write(`failed: ${failure}`),
  }
}

/**
 * One JSON object at the end: `ok`, `messages` (the sentences), `tables` (each a list of objects, whose keys are the headings in
 * snake case, moments in ISO 8601 with UTC, an empty cell null), and `error` where `ok` is false.
 */
export function jsonOutput(write: (text: string) => void): Output {
  const messages: string[] = []
  const tables: Readonly<Record<string, string | number | null>>[][] = []
  return {
    print: (text) => void messages.push(text),
    table(headings, rows) {
      const keys = headings.map(keyOf)
      tables.push(rows.map((row) => Object.fromEntries(keys.map((key, column) => [key, toJson(row[column])] as const))))
    },
    end(failure) {
      write(
        JSON.stringify({
          ok: failure === undefined,
          messages,
          tables,
          ...(failure !== undefined && { error: failure }),
        }),
      )
    },
  }
}

/** Without the unit in brackets: `next run (UTC)` is `next_run`. */
function keyOf(heading: string, column: number): string {
  const key = heading
    .replace(/\s*\([^)]*\)$/, '')
    .trim()
    .replaceAll(/\s+/g, '_')
  return key === '' ? `column_${column + 1}` : key
}

function toJson(cell: Cell): string | number | null {
  if (cell instanceof Date) return cell.toISOString()
  return cell ?? null
}
