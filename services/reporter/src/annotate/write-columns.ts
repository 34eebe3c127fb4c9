import { type ReadingLimits, sniffFormat, type UnreadableReason, UnreadableWorkbook } from '@atermtrack/workbook-reader'
import type { AnnotationPlan } from './plan/plan.ts'
import { NotPatchable } from './xlsx/not-patchable.ts'
import { patchWorkbook } from './xlsx/patch-workbook.ts'

/** The faults that broken markup of a part can cause. */
const faults: ReadonlySet<UnreadableReason> = new Set(['damaged', 'not_a_workbook'])

/** A file with the columns in it. */
export interface WrittenFile {
  readonly kind: 'written'
  readonly content: Uint8Array
  /** The package is that of the original, changed in place. */
  readonly isKept: boolean
  /** It was a CSV, which has no formatting to lose. */
  readonly isText: boolean
}

/** Writes the columns into a file: in its own package where that is possible, else in a new one. Throws `UnreadableWorkbook`. */
export async function writeColumns(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  limits: ReadingLimits,
): Promise<WrittenFile> {
  const format = sniffFormat(bytes)
  if (format === 'xlsx') {
    try {
      const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      return { kind: 'written', content: await patchWorkbook(file, plan, limits), isKept: true, isText: false }
    } catch (error) {
      if (!isOfThePackage(error)) throw error
    }
  }
  // Its library loads slowly, and most files do not need it.
  const { rewriteWorkbook } = await import('./rewrite-workbook.ts')
  const content = await rewriteWorkbook(bytes, plan, { limits, isText: format === 'csv' })
  return { kind: 'written', content, isKept: false, isText: format === 'csv' }
}

/** A package that cannot be changed in place. */
export interface NotFillable {
  readonly kind: 'not_fillable'
  readonly reason: 'not_fillable'
}

/** Writes columns and rows into a file in its own package, or not at all. Throws `UnreadableWorkbook`. */
export async function fillPackage(
  bytes: Uint8Array,
  plan: AnnotationPlan,
  limits: ReadingLimits,
): Promise<WrittenFile | NotFillable> {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return { kind: 'written', content: await patchWorkbook(file, plan, limits), isKept: true, isText: false }
  } catch (error) {
    if (!(error instanceof NotPatchable)) throw error
    return { kind: 'not_fillable', reason: 'not_fillable' }
  }
}

/** The package is at fault, and its values may still be read: a part that they do not need may be the damaged one. */
function isOfThePackage(error: unknown): boolean {
  return error instanceof NotPatchable || (error instanceof UnreadableWorkbook && faults.has(error.reason))
}
