import {
  columnProfiles,
  type Db,
  lockDislocationImports,
  type StoredDislocation,
  trainRosters,
  withClientTransaction,
  withdrawDislocation,
  withdrawTerminalReport,
  type WorkbookKind,
  workbooks,
  workbookUndo,
} from '@atermtrack/data'
import { type UndoneContainers, undoFailedNotice, undoneNotice } from '@atermtrack/domain'
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
 * Takes an imported workbook out of the picture, as if it had never come; its row waits for an admin again. Positions and
 * movements of its containers are put together anew from the stored bytes of the other reports, in one transaction.
 */
export function createUndoImport(dependencies: UndoDependencies): Handler<{ workbookId: number }> {
  const { db, adminChatIds, sendings } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const undone = await withClientTransaction(db, async (tx, client) => {
      await lockDislocationImports(tx)
      const workbook = await workbookUndo.claimAccepted(tx, workbookId)
      if (!workbook) return undefined
      const containers = await withdraw(tx, client, workbook, readOthers(tx, workbookId, dependencies, signal))
      await workbookUndo.markUndone(tx, workbook)
      const deliveryIds = await tellOfUndo(tx, workbookId, adminChatIds, (language) =>
        undoneNotice(workbook, containers, language),
      )
      return { kind: workbook.kind, ...containers, deliveryIds }
    })
    if (!undone) return logger.info({ workbookId }, 'there is no import to undo')
    const { deliveryIds, ...facts } = undone
    logger.info({ workbookId, ...facts }, 'import is undone')
    for (const deliveryId of deliveryIds) await sendings.ring({ deliveryId })
  }
}

/** Tells once that an undo fails; it stays asked for, and the sweep brings it back. */
export function createRecordUndoFailure({ db, adminChatIds, sendings }: UndoDependencies) {
  return async ({ workbookId }: { readonly workbookId: number }, error: Error): Promise<void> => {
    const deliveryIds = await db.transaction().execute(async (tx) => {
      const workbook = await workbookUndo.noteFailure(tx, workbookId, error.message)
      if (!workbook) return []
      return tellOfUndo(tx, workbookId, adminChatIds, (language) => undoFailedNotice(workbook, language))
    })
    for (const deliveryId of deliveryIds) await sendings.ring({ deliveryId })
  }
}

async function withdraw(
  tx: Db,
  client: Parameters<typeof withdrawDislocation>[1],
  { id: workbookId, kind }: { readonly id: number; readonly kind: WorkbookKind },
  others: AsyncIterable<StoredDislocation>,
): Promise<UndoneContainers> {
  if (kind === 'terminal_report') return withdrawTerminalReport(tx, workbookId)
  if (kind === 'dislocation') return withdrawDislocation(tx, client, { workbookId, others })
  await trainRosters.withdraw(tx, workbookId)
  return { restored: 0, forgotten: 0 }
}

async function* readOthers(
  tx: Db,
  workbookId: number,
  { sourceZone, terminalZone, reading: limits }: UndoDependencies,
  signal: AbortSignal,
): AsyncGenerator<StoredDislocation> {
  const profiles = await columnProfiles.list(tx)
  for (const shared of await workbookUndo.listSharing(tx, workbookId)) {
    const { id, fileName, stamp, receivedAt, contentHash, sha256, size } = shared
    if (!stamp || !contentHash) throw new Error(`workbook ${id} was accepted without a stamp or a hash`)
    const content = await workbooks.getContent(tx, { sha256, size })
    const request = { fileName, receivedAt, sourceZone, terminalZone, profiles, limits }
    const chunks: Uint8Array[] = []
    const takeLines = async (lines: Uint8Array) => void chunks.push(lines)
    const digest = await readInThread(content, request, { signal, takeLines })
    if (digest.kind !== 'dislocation')
      throw new Error(`workbook ${id} was a dislocation report and is ${digest.kind} now`)
    yield { workbookId: id, stamp, contentKey: contentKeyOf(contentHash), chunks }
  }
}
