import { type ReadingLimits, UnreadableWorkbook } from '@atermtrack/workbook-reader'
import {
  type ArchiveFound,
  type ArchiveOptions,
  type ArchivePlan,
  findInArchive,
  writeArchive,
  type WrittenArchive,
} from './archive.ts'
import { findNumbers, type FindOptions, type NumbersFound, type UnreadableFile } from './plan/find-numbers.ts'
import type { AnnotationPlan } from './plan/plan.ts'
import { fillPackage, type NotFillable, writeColumns, type WrittenFile } from './write-columns.ts'

/** The work that the process does with a file. */
export type AnnotatingRequest = { readonly bytes: Uint8Array } & (
  | ({ readonly task: 'find' } & FindOptions)
  | ({ readonly task: 'find-archived' } & ArchiveOptions)
  | { readonly task: 'write'; readonly plan: AnnotationPlan; readonly limits: ReadingLimits }
  | { readonly task: 'fill'; readonly plan: AnnotationPlan; readonly limits: ReadingLimits }
  | ({ readonly task: 'write-archived'; readonly plan: ArchivePlan } & Pick<ArchiveOptions, 'limits' | 'archive'>)
)

export type AnnotatingAnswer = NumbersFound | ArchiveFound | WrittenFile | NotFillable | WrittenArchive | UnreadableFile

/** Does the requested work; a fault of the file is an answer, anything else throws. */
export async function annotate(request: AnnotatingRequest): Promise<AnnotatingAnswer> {
  const { task, bytes } = request
  try {
    if (task === 'find') return await findNumbers(bytes, request)
    if (task === 'find-archived') return await findInArchive(bytes, request)
    if (task === 'fill') return await fillPackage(bytes, request.plan, request.limits)
    if (task === 'write') return await writeColumns(bytes, request.plan, request.limits)
    return await writeArchive(bytes, request.plan, request)
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
}
