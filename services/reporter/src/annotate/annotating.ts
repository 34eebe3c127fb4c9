import { type ReadingLimits, sniffFormat, UnreadableWorkbook } from '@atermtrack/workbook-reader'
import { findNumbers, type FindOptions, type NumbersFound, type UnreadableFile } from './find-numbers.ts'
import type { AnnotationPlan } from './plan.ts'
import { NotPatchable } from './xlsx/not-patchable.ts'
import { patchWorkbook } from './xlsx/patch-workbook.ts'

/** What the thread is asked to do with a file. */
export type AnnotatingRequest = { readonly bytes: Uint8Array } & (
  | ({ readonly task: 'find' } & FindOptions)
  | { readonly task: 'write'; readonly plan: AnnotationPlan; readonly limits: ReadingLimits }
)

export interface WrittenFile {
  readonly kind: 'written'
  readonly content: Uint8Array
  /** The package is that of the original, changed in place. */
  readonly isKept: boolean
}

/** Does what is asked; a fault of the file is an answer, anything else throws. */
export async function annotate(request: AnnotatingRequest): Promise<NumbersFound | WrittenFile | UnreadableFile> {
  if (request.task === 'find') return findNumbers(request.bytes, request)
  try {
    return await write(request.bytes, request.plan, request.limits)
  } catch (error) {
    if (!(error instanceof UnreadableWorkbook)) throw error
    return { kind: 'unreadable', reason: error.reason, detail: error.detail }
  }
}

async function write(bytes: Uint8Array, plan: AnnotationPlan, limits: ReadingLimits): Promise<WrittenFile> {
  if (sniffFormat(bytes) === 'xlsx') {
    try {
      const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      return { kind: 'written', content: await patchWorkbook(file, plan, limits), isKept: true }
    } catch (error) {
      if (!(error instanceof NotPatchable)) throw error
    }
  }
  // Its library takes its time to load, and most files need no writing anew.
  const { rewriteWorkbook } = await import('./rewrite-workbook.ts')
  return { kind: 'written', content: await rewriteWorkbook(bytes, plan, limits), isKept: false }
}
