import {
  type ArchiveLimits,
  sniffFormat,
  unpackArchive,
  type UnreadableReason,
  UnreadableWorkbook,
} from '@atermtrack/workbook-reader'
import { zipFiles } from '@atermtrack/workbook-reader/package'
import { annotatedFileName, type Naming } from './file-name.ts'
import { type FindOptions, findNumbers, type UnreadableFile } from './plan/find-numbers.ts'
import type { AnnotationPlan, NumberSheet } from './plan/plan.ts'
import { writeColumns, type WrittenFile } from './write-columns.ts'

/** A file of an archive that holds container numbers. */
export interface NumberedFile {
  /** Its place among the files of the archive. */
  readonly place: number
  readonly name: string
  readonly sheets: readonly NumberSheet[]
}

/** A file of an archive that cannot be completed. */
export interface SkippedFile {
  readonly name: string
  readonly reason: UnreadableReason | 'no_numbers' | 'nested'
}

/** The findings in an archive. They cross from the reading process, so they are plain data. */
export type ArchiveFound =
  | {
      readonly kind: 'archive'
      readonly files: readonly NumberedFile[]
      readonly skipped: readonly SkippedFile[]
    }
  | UnreadableFile

export interface ArchivePlan {
  /** For each file that holds numbers. */
  readonly files: readonly { readonly place: number; readonly plan: AnnotationPlan }[]
  readonly naming: Naming
}

/** A single file as it is, several as a zip. */
export interface WrittenArchive {
  readonly kind: 'archive'
  readonly content: Uint8Array
  readonly files: readonly CompletedFile[]
}

/** A file of an archive after its annotation. */
export interface CompletedFile extends Pick<WrittenFile, 'isKept' | 'isText'> {
  readonly name: string
  /** The name of the completed file. */
  readonly newName: string
}

export interface ArchiveOptions extends FindOptions {
  readonly archive: ArchiveLimits
}

/** Finds the container numbers in each file of a zip. A faulty file is reported and stops no other. */
export async function findInArchive(bytes: Uint8Array, options: ArchiveOptions): Promise<ArchiveFound> {
  const files: NumberedFile[] = []
  const skipped: SkippedFile[] = []
  let place = 0
  try {
    for await (const { name, content } of unpackArchive(bytes, options.archive)) {
      const found = sniffFormat(content) === 'zip' ? nested : await findNumbers(content, options)
      if (found.kind === 'found') files.push({ place, name, sheets: found.sheets })
      else skipped.push({ name, reason: found.kind === 'unreadable' ? found.reason : found.kind })
      place += 1
    }
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
  return { kind: 'archive', files, skipped }
}

/** Writes the columns into the files of a zip that have a plan; the others are left out. Throws `UnreadableWorkbook`. */
export async function writeArchive(
  bytes: Uint8Array,
  { files: planned, naming }: ArchivePlan,
  { limits, archive }: Pick<ArchiveOptions, 'limits' | 'archive'>,
): Promise<WrittenArchive> {
  const plans = new Map(planned.map(({ place, plan }) => [place, plan]))
  const contents: Uint8Array[] = []
  const files: CompletedFile[] = []
  let place = -1
  for await (const { name, content: original } of unpackArchive(bytes, archive)) {
    place += 1
    const plan = plans.get(place)
    if (!plan) continue
    const { content, isKept, isText } = await writeColumns(original, plan, limits)
    const newName = freeName(annotatedFileName(name, { ...naming, isKept }), files)
    contents.push(content)
    files.push({ name, newName, isKept, isText })
  }
  const [single] = contents
  if (single && contents.length === 1) return { kind: 'archive', content: single, files }
  const named = contents.flatMap((content, index) => (files[index] ? [{ name: files[index].newName, content }] : []))
  return { kind: 'archive', content: await zipFiles(named), files }
}

const nested = { kind: 'nested' } as const

/** Folders are not kept, so that two files may have one name. */
function freeName(name: string, files: readonly CompletedFile[]): string {
  const taken = new Set(files.map(({ newName }) => newName.toLowerCase()))
  const dot = name.lastIndexOf('.')
  let free = name
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name.slice(0, dot)} (${n})${name.slice(dot)}`
  return free
}
