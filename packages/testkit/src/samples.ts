import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('../samples/', import.meta.url)

/** Facts about one of the sample dislocation messages. */
export interface SampleDislocation {
  /** Path below the samples folder. */
  readonly mail: string
  /** When the report was formed, ISO with its offset. */
  readonly stamp: string
  readonly rows: number
  readonly containers: number
  readonly rows_shown: readonly Readonly<Record<string, string | number>>[]
}

/** The sample messages: the fortnight's dislocation reports, oldest first. */
export async function sampleDislocations(): Promise<readonly SampleDislocation[]> {
  const facts = JSON.parse(await readFile(new URL('facts.json', folder), 'utf8')) as {
    dislocation: SampleDislocation[]
  }
  return facts.dislocation
}

/** The raw message or workbook at a path below the samples folder. */
export async function readSample(path: string): Promise<Buffer> {
  return readFile(new URL(path.split('/').map(encodeURIComponent).join('/'), folder))
}

/** Paths of all samples in one of the folders, in the order of their names. */
export async function listSamples(kind: 'mail' | 'odd' | 'files'): Promise<readonly string[]> {
  const names = await readdir(new URL(`${kind}/`, folder))
  return names.toSorted().map((name) => `${kind}/${name}`)
}

/** An odd or hostile message and its expected outcome. */
export interface SampleOdd {
  readonly mail: string
  /** Such as `imported` or `quarantined: shrunk`. */
  readonly outcome: string
  readonly rows: number
}

/** The odd messages, in the order in which they are to be delivered after the fortnight. */
export async function sampleOdd(): Promise<readonly SampleOdd[]> {
  const facts = JSON.parse(await readFile(new URL('facts.json', folder), 'utf8')) as { odd: SampleOdd[] }
  return facts.odd
}
