import {
  columnProfiles,
  type Db,
  lockDislocationImports,
  type SharingReport,
  trainRosters,
  undoDislocation,
  withdrawTerminalReport,
  type WorkbookKind,
  workbooks,
  workbookUndo,
} from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import type { Handler, Producer } from '@atermtrack/queue'
import { contentKeyOf } from './content-key.ts'
import { readInThread } from './read-in-thread.ts'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { tellOfUndo } from './tell-of-undo.ts'
import type { DigestRequest } from './workbook-digest.ts'

export interface UndoDependencies extends Pick<DigestRequest, 'sourceZone' | 'terminalZone'> {
  readonly db: Db
  readonly reading: ReadingSettings
  /** Persons and groups that hear how it ended, beside who asked for it. */
  readonly adminChatIds: readonly number[]
  readonly sendings: Pick<Producer<{ deliveryId: number }>, 'ring'>
}

/**
 * Takes an imported workbook out of the picture, as if it had never come; its row waits for an admin again. Of a dislocation
 * report positions and movements are put together anew first, some containers at a time, so that imports hardly wait; killed in
 * the middle it goes on where it was, since the request stays in the row until the end.
 */
export function createUndoImport(dependencies: UndoDependencies): Handler<{ workbookId: number }> {
  const { db, sendings } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const workbook = await workbookUndo.findAccepted(db, workbookId)
    if (workbook?.kind === 'dislocation' && workbook.stamp) {
      const undone = { id: workbookId, stamp: workbook.stamp, signal, contentKeyOf }
      await undoDislocation(db, { ...undone, readAgain: createReadAgain(dependencies, signal) })
    }
    const done = workbook && (await finish(dependencies, workbookId))
    if (!done) return logger.info({ workbookId }, 'there is no import to undo')
    const { deliveryIds, ...facts } = done
    logger.info({ workbookId, ...facts }, 'import is undone')
    for (const deliveryId of deliveryIds) await sendings.ring({ deliveryId })
  }
}

/** The verdict and who is told of it, in one transaction; undefined when somebody else was first. */
async function finish({ db, adminChatIds }: UndoDependencies, workbookId: number) {
  return db.transaction().execute(async (tx) => {
    await lockDislocationImports(tx)
    const workbook = await workbookUndo.claimAccepted(tx, workbookId)
    if (!workbook) return undefined
    const containers = await withdraw(tx, workbook)
    await workbookUndo.markUndone(tx, workbook)
    const undone = notice('import_undone', { ...workbook, ...containers })
    const deliveryIds = await tellOfUndo(tx, workbookId, adminChatIds, undone)
    return { kind: workbook.kind, ...containers, deliveryIds }
  })
}

/** Tells once that an undo fails; it stays asked for, and the sweep brings it back. */
export function createRecordUndoFailure({ db, adminChatIds, sendings }: UndoDependencies) {
  return async ({ workbookId }: { readonly workbookId: number }, error: Error): Promise<void> => {
    const deliveryIds = await db.transaction().execute(async (tx) => {
      const workbook = await workbookUndo.noteFailure(tx, workbookId, error.message)
      if (!workbook) return []
      return tellOfUndo(tx, workbookId, adminChatIds, notice('import_undo_failed', workbook))
    })
    for (const deliveryId of deliveryIds) await sendings.ring({ deliveryId })
  }
}

async function withdraw(
  tx: Db,
  { id: workbookId, kind }: { readonly id: number; readonly kind: WorkbookKind },
): Promise<{ readonly restored: number; readonly forgotten: number }> {
  if (kind === 'terminal_report') return withdrawTerminalReport(tx, workbookId)
  if (kind === 'dislocation') return workbookUndo.countLeft(tx, workbookId)
  await trainRosters.withdraw(tx, workbookId)
  return { restored: 0, forgotten: 0 }
}

/** Reads the workbook of another report, for one that came before its rows were kept. */
function createReadAgain({ db, sourceZone, terminalZone, reading: limits }: UndoDependencies, signal: AbortSignal) {
  return async ({ id, fileName, sha256, size, receivedAt }: SharingReport): Promise<readonly Uint8Array[]> => {
    const content = await workbooks.getContent(db, { sha256, size })
    const profiles = await columnProfiles.list(db)
    const request = { fileName, receivedAt, sourceZone, terminalZone, profiles, limits }
    const chunks: Uint8Array[] = []
    const takeLines = async (lines: Uint8Array) => void chunks.push(lines)
    const digest = await readInThread(content, request, { signal, takeLines })
    if (digest.kind !== 'dislocation')
      throw new Error(`workbook ${id} was a dislocation report and is ${digest.kind} now`)
    return chunks
  }
}
