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
import { type Outbox, transact } from '@atermtrack/outbox'
import type { Handler } from '@atermtrack/queue'
import { requestDetection } from '../events/request-detection.ts'
import { contentKeyOf } from './content-key.ts'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { notifyAboutUndo } from './notify-about-undo.ts'
import type { DigestRequest } from './workbook-digest.ts'
import type { WorkbookReaders } from './workbook-readers.ts'

export interface UndoDependencies extends Outbox, Pick<DigestRequest, 'sourceZone' | 'terminalZone'> {
  readonly reading: ReadingSettings
  readonly readers: WorkbookReaders
  /** Persons and groups that are notified about the end, beside the person who asked for it. */
  readonly adminChatIds: readonly number[]
}

/**
 * Takes the rows of an imported workbook out of the data, as if it had never come; its row waits for an admin again. The positions and
 * movements of a dislocation report are rebuilt first, some containers at a time, so that imports hardly wait. An undo that is killed
 * continues where it was, since the request stays in the row until the end.
 */
export function createUndoImport(dependencies: UndoDependencies): Handler<{ workbookId: number }> {
  const { db } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const workbook = await workbookUndo.findAccepted(db, workbookId)
    if (workbook?.kind === 'dislocation' && workbook.stamp) {
      const undone = { id: workbookId, stamp: workbook.stamp, signal, contentKeyOf }
      await undoDislocation(db, { ...undone, readAgain: createReadAgain(dependencies, signal) })
    }
    const done = workbook && (await finish(dependencies, workbookId))
    if (!done) return logger.info({ workbookId }, 'there is no import to undo')
    logger.info({ workbookId, ...done }, 'import is undone')
  }
}

/** Writes the verdict and its notices in one transaction; undefined when another job was first. */
async function finish(dependencies: UndoDependencies, workbookId: number) {
  return transact(dependencies, async (tx) => {
    await lockDislocationImports(tx)
    const workbook = await workbookUndo.claimAccepted(tx, workbookId)
    if (!workbook) return undefined
    const containers = await withdraw(tx, workbook)
    await workbookUndo.markUndone(tx, workbook)
    await requestDetection(tx, workbookId)
    const undone = notice('import_undone', { ...workbook, ...containers })
    await notifyAboutUndo(tx, workbookId, dependencies.adminChatIds, undone)
    return { kind: workbook.kind, ...containers }
  })
}

/** Notifies once that an undo fails; the request stays, and the sweep enqueues it again. */
export function createRecordUndoFailure(dependencies: UndoDependencies) {
  return async ({ workbookId }: { readonly workbookId: number }, error: Error): Promise<void> => {
    await transact(dependencies, async (tx) => {
      const workbook = await workbookUndo.recordFailure(tx, workbookId, error.message)
      if (!workbook) return
      const failed = notice('import_undo_failed', workbook)
      await notifyAboutUndo(tx, workbookId, dependencies.adminChatIds, failed)
    })
  }
}

async function withdraw(
  tx: Db,
  { id: workbookId, kind }: { readonly id: number; readonly kind: WorkbookKind },
): Promise<{ readonly restored: number; readonly forgotten: number; readonly hasOtherList?: boolean }> {
  if (kind === 'terminal_report') return withdrawTerminalReport(tx, workbookId)
  if (kind === 'dislocation') return workbookUndo.countLeft(tx, workbookId)
  const { hasOther: hasOtherList } = await trainRosters.withdraw(tx, workbookId)
  return { restored: 0, forgotten: 0, hasOtherList }
}

/** Reads the workbook of another report, for one that came before its rows were kept. */
function createReadAgain(
  { db, sourceZone, terminalZone, reading: limits, readers }: UndoDependencies,
  signal: AbortSignal,
) {
  return async ({ id, fileName, sha256, size, receivedAt }: SharingReport): Promise<readonly Uint8Array[]> => {
    const content = await workbooks.getContent(db, { sha256, size })
    const profiles = await columnProfiles.list(db)
    const request = { fileName, receivedAt, sourceZone, terminalZone, isRoster: false, profiles, limits }
    const chunks: Uint8Array[] = []
    const acceptLines = async (lines: Uint8Array) => void chunks.push(lines)
    const digest = await readers.read(content, request, { signal, acceptLines })
    if (digest.kind !== 'dislocation')
      throw new Error(`workbook ${id} was a dislocation report and is ${digest.kind} now`)
    return chunks
  }
}
