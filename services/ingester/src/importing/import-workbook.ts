import {
  type DislocationStage,
  type JobRunner,
  lockDislocationImports,
  openDislocationStage,
  withClientTransaction,
  workbooks,
  type WorkbookVerdict,
} from '@atermtrack/data'
import { enqueueAfter, type Outbox, type Tx } from '@atermtrack/outbox'
import type { Handler } from '@atermtrack/queue'
import { acceptDislocation } from './accepting/accept-dislocation.ts'
import { acceptTerminalReport } from './accepting/accept-terminal-report.ts'
import { acceptTrainRoster } from './accepting/accept-train-roster.ts'
import { giveBack } from './accepting/give-back.ts'
import { recordDuplicate } from './accepting/record-duplicate.ts'
import { storeContainedFiles } from './accepting/store-contained-files.ts'
import { completeImport } from './complete-import.ts'
import { type ExamineDependencies, examineWorkbook } from './examine-workbook.ts'
import type { Completion, Outcome, PendingWorkbook } from './outcome.ts'

export interface ImportDependencies extends ExamineDependencies, Outbox {
  readonly run: JobRunner
}

/**
 * Imports one stored workbook: reads it, then writes everything that follows from it in one transaction. Whatever the file is, the end
 * is a state of its row; only faults of our own side throw, and then the job comes again.
 */
export function createImportWorkbook(dependencies: ImportDependencies): Handler<{ workbookId: number }> {
  const { db, run } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const verdict = await run(workbookId, async (start) => {
      const workbook = await workbooks.beginAttempt(db, workbookId, start)
      if (!workbook) return undefined
      await using stage = openDislocationStage(db)
      const outcome = await examineWorkbook(dependencies, workbook, { signal, takeLines: stage.add })
      // Awaited, since the stage ends with this scope.
      return await write(dependencies, workbook, outcome, stage)
    })
    if (!verdict) return logger.info({ workbookId }, 'workbook is settled already')
    const { status, reason, kind, rowCount, skippedCount } = verdict
    logger.info({ workbookId, status, reason, kind, rowCount, skippedCount }, 'workbook is settled')
  }
}

/** Writes an outcome in one transaction; undefined when another job has completed the import meanwhile. */
async function write(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  outcome: Outcome,
  stage: DislocationStage,
): Promise<WorkbookVerdict | undefined> {
  const { db, queues } = dependencies
  /** The row stays locked from the claim to the verdict, so that two jobs never write it twice. */
  async function complete(tx: Tx, accept: () => Promise<Completion>): Promise<WorkbookVerdict | undefined> {
    if (!(await workbooks.claimPending(tx, workbook.id))) return undefined
    return completeImport(tx, workbook, await accept(), dependencies)
  }
  if (outcome.kind === 'dislocation') {
    return enqueueAfter(queues, async (collect) =>
      stage.finish(async (staged, rows) => {
        const tx = collect(staged)
        await lockDislocationImports(tx)
        return complete(tx, async () => acceptDislocation(tx, workbook, { digest: outcome, rows }, dependencies))
      }),
    )
  }
  // The lines that were staged do not count, and this needs a connection too.
  await stage[Symbol.asyncDispose]()
  return enqueueAfter(queues, async (collect) =>
    withClientTransaction(db, async (client, raw) => {
      const tx = collect(client)
      return complete(tx, async () => {
        switch (outcome.kind) {
          case 'terminal_report':
            return acceptTerminalReport(tx, raw, workbook, outcome, dependencies)
          case 'train_roster':
            return acceptTrainRoster(tx, workbook, outcome)
          case 'files':
            return storeContainedFiles(tx, workbook, outcome)
          case 'same_bytes':
            return recordDuplicate(tx, workbook, outcome.originalId, { reason: 'same_bytes' })
          case 'numbers':
            return giveBack(tx, workbook, outcome, dependencies)
          case 'verdict':
            break
        }
        return { verdict: outcome.verdict }
      })
    }),
  )
}
