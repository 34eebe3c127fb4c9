import {
  columnProfiles,
  type Db,
  type DislocationImport,
  lockDislocationImports,
  trainRosters,
  withClientTransaction,
  withdrawDislocation,
  withdrawTerminalReport,
  workbookUndo,
} from '@atermtrack/data'
import type { Handler } from '@atermtrack/queue'
import { contentKeyOf } from './content-key.ts'
import { readInThread } from './read-in-thread.ts'
import type { ReadingSettings } from './reading-settings.ts'
import type { DigestRequest } from './workbook-digest.ts'

export interface UndoDependencies extends Pick<DigestRequest, 'sourceZone' | 'terminalZone'> {
  readonly db: Db
  readonly reading: ReadingSettings
}

/**
 * Takes an imported workbook out of the picture, as if it had never come; its row waits for an admin again. Positions and
 * movements of its containers are put together anew from the stored bytes of the other reports, in one transaction.
 */
export function createUndoImport(dependencies: UndoDependencies): Handler<{ workbookId: number }> {
  const { db } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const undone = await withClientTransaction(db, async (tx, client) => {
      await lockDislocationImports(tx)
      const workbook = await workbookUndo.claimAccepted(tx, workbookId)
      if (!workbook) return undefined
      if (workbook.kind === 'terminal_report') await withdrawTerminalReport(tx, workbookId)
      if (workbook.kind === 'train_roster') await trainRosters.withdraw(tx, workbookId)
      if (workbook.kind === 'dislocation') {
        await withdrawDislocation(tx, client, { workbookId, others: readOthers(tx, workbookId, dependencies, signal) })
      }
      await workbookUndo.markUndone(tx, workbook)
      return workbook.kind
    })
    logger.info({ workbookId, kind: undone }, undone ? 'import is undone' : 'there is no import to undo')
  }
}

async function* readOthers(
  tx: Db,
  workbookId: number,
  { sourceZone, terminalZone, reading: limits }: UndoDependencies,
  signal: AbortSignal,
): AsyncGenerator<DislocationImport> {
  const profiles = await columnProfiles.list(tx)
  for (const { id, fileName, stamp, contentHash, sha256 } of await workbookUndo.listSharing(tx, workbookId)) {
    if (!stamp || !contentHash) throw new Error(`workbook ${id} was accepted without a stamp or a hash`)
    const content = await workbookUndo.getContent(tx, sha256)
    const digest = await readInThread(content, { fileName, sourceZone, terminalZone, profiles, limits }, signal)
    if (digest.kind !== 'dislocation')
      throw new Error(`workbook ${id} was a dislocation report and is ${digest.kind} now`)
    yield { workbookId: id, stamp, contentKey: contentKeyOf(contentHash), chunks: digest.chunks }
  }
}
