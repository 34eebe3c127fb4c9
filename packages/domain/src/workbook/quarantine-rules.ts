import type { SheetKind } from './recognise-sheet.ts'

/** Reasons of files that are not tables. */
const neverTables: ReadonlySet<string> = new Set(['not_a_workbook', 'empty'])
const namedLikeTable = /\.(?:xls[xmb]?|ods|csv|zip|rar|7z)$/iu
/** Reasons that an admin can accept, and the guard that this lifts; the others need a column mapping or a better file. */
const guards: Readonly<Record<string, string | undefined>> = {
  unknown_sender: 'unknown_sender',
  unproven_sender: 'unproven_sender',
  unexpected_name: 'unexpected_name',
  future_stamp: 'future_stamp',
  shrunk: 'shrunk',
  lost_parties: 'lost_parties',
  undone: undefined,
}
/** A report of foreign headings can look like a roster. */
const mappable: ReadonlySet<string> = new Set(['unknown_layout', 'missing_columns', 'no_train_code'])

/** Whether an admin may accept a workbook that waits for this reason. */
export function isAcceptable(reason: string): boolean {
  return Object.hasOwn(guards, reason)
}

/** The guard that is lifted when a workbook is accepted; undefined when none holds it. */
export function guardOf(reason: string): string | undefined {
  return isAcceptable(reason) ? guards[reason] : undefined
}

/** Whether a workbook that waits for this reason can be imported with a column mapping. */
export function isMappable(reason: string, kind: SheetKind | null | undefined): boolean {
  return mappable.has(reason) && kind !== 'terminal_report'
}

/** Whether a refusal is worth a message: mail may bring pictures and documents that are not meant for import. */
export function needsNotice({ reason, fileName }: { readonly reason?: string; readonly fileName: string }): boolean {
  return !neverTables.has(reason ?? '') || namedLikeTable.test(fileName)
}
