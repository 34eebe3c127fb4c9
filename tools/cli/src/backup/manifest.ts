import type { DumpFacts, RestoredTable } from '@atermtrack/data'

/** The layout of backups; another one gets another number. */
const format = 1

export const manifestFile = 'manifest.json'
export const sumsFile = 'SHA256SUMS'

/** The description of a backup. */
export interface Manifest extends Omit<DumpFacts, 'tables'> {
  readonly createdAt: Date
  readonly tables: readonly RestoredTable[]
}

/** The file with the rows of a table. */
export function fileOf({ name }: { readonly name: string }): string {
  return `${name}.copy.gz`
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify({ format, ...manifest }, undefined, 2)}\n`
}

/** Throws with a reason when the text is no manifest of a known layout. */
export function parseManifest(text: string): Manifest {
  const value = asObject(JSON.parse(text))
  if (value['format'] !== format)
    throw new Error(`the layout of the backup is ${String(value['format'])}, not ${format}`)
  const createdAt = new Date(asText(value['createdAt']))
  if (Number.isNaN(createdAt.getTime())) throw new Error('the time of the backup cannot be read')
  return {
    createdAt,
    serverVersion: asText(value['serverVersion']),
    migrations: asList(value['migrations']).map(asText),
    tables: asList(value['tables']).map((table) => {
      const { name, columns, rows } = asObject(table)
      return { name: asText(name), columns: asList(columns).map(asText), rows: asCount(rows) }
    }),
    sequences: asList(value['sequences']).map((sequence) => {
      const { name, lastValue } = asObject(sequence)
      return { name: asText(name), lastValue: asCount(lastValue) }
    }),
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw unreadable()
  return value as Readonly<Record<string, unknown>>
}

function asList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw unreadable()
  return value
}

function asText(value: unknown): string {
  if (typeof value !== 'string') throw unreadable()
  return value
}

function asCount(value: unknown): number {
  if (!Number.isSafeInteger(value) || Number(value) < 0) throw unreadable()
  return Number(value)
}

function unreadable(): Error {
  return new Error('the description of the backup cannot be read')
}
