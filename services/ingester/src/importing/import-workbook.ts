import {
  type DislocationStage,
  isAcceptedStatus,
  type JobRunner,
  lockDislocationImports,
  openDislocationStage,
  withClientTransaction,
  workbooks,
  type WorkbookVerdict,
} from '@atermtrack/data'
import { enqueueAfter, type Outbox, type Tx } from '@atermtrack/outbox'
import type { Handler } from '@atermtrack/queue'
import { metrics } from '@atermtrack/runtime'
import { acceptDislocation } from './accepting/accept-dislocation.ts'
import { acceptTerminalReport } from './accepting/accept-terminal-report.ts'
import { acceptTrainRoster } from './accepting/accept-train-roster.ts'
import { giveBack } from './accepting/give-back.ts'
import { recordDuplicate } from './accepting/record-duplicate.ts'
import { storeContainedFiles } from './accepting/store-contained-files.ts'
import { completeImport } from './complete-import.ts'
import { type ExamineDependencies, examineWorkbook } from './examine-workbook.ts'
import { arrivalTime } from './guards.ts'
import type { Completion, Outcome, PendingWorkbook } from './outcome.ts'

export interface ImportDependencies extends ExamineDependencies, Outbox {
  readonly run: JobRunner
}

/**
 * Imports one stored workbook: reads it, then writes everything that follows from it in one transaction. Every file ends as
 * a state of its row; only our own faults throw, and then the job is retried.
 */
export function createImportWorkbook(dependencies: ImportDependencies): Handler<{ workbookId: number }> {
  const { db, run } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const startedAt = performance.now()
    const verdict = await run(workbookId, async (start) => {
      const begun = await workbooks.beginAttempt(db, workbookId, start)
      if (!begun) return undefined
      const workbook = { ...begun, arrivedAt: arrivalTime(begun) }
      await using stage = openDislocationStage(db)
      const outcome = await examineWorkbook(dependencies, workbook, { signal, acceptLines: stage.add })
      // Awaited, since the stage ends with this scope.
      return await write(dependencies, workbook, outcome, stage)
    })
    if (!verdict) return logger.info({ workbookId }, 'workbook import is complete already')
    countImport(verdict, (performance.now() - startedAt) / 1_000)
    const { status, reason, kind, rowCount, skippedCount } = verdict
    logger.info({ workbookId, status, reason, kind, rowCount, skippedCount }, 'workbook import is complete')
  }
}

function countImport(verdict: WorkbookVerdict, seconds: number): void {
  const { status, reason, rowCount } = verdict
  const kind = verdict.kind ?? 'unknown'
  metrics.imports.add({ kind, status, reason: reason ?? '' })
  metrics.importDuration.observe({ kind }, seconds)
  if (isAcceptedStatus(status)) metrics.importedRows.add({ kind }, rowCount ?? 0)
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
  async function complete(tx: Tx, store: () => Promise<Completion>): Promise<WorkbookVerdict | undefined> {
    if (!(await workbooks.claimPending(tx, workbook.id))) return undefined
    return completeImport(tx, workbook, await store(), dependencies)
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
    withClientTransaction(db, async (transaction, client) => {
      const tx = collect(transaction)
      return complete(tx, async () => accept({ tx, client }, workbook, outcome, dependencies))
    }),
  )
}

async function accept(
  { tx, client }: { readonly tx: Tx; readonly client: Parameters<typeof acceptTerminalReport>[1] },
  workbook: PendingWorkbook,
  outcome: Exclude<Outcome, { kind: 'dislocation' }>,
  dependencies: ImportDependencies,
): Promise<Completion> {
  if (outcome.kind === 'terminal_report') return acceptTerminalReport(tx, client, workbook, outcome, dependencies)
  if (outcome.kind === 'train_roster') return acceptTrainRoster(tx, workbook, outcome)
  if (outcome.kind === 'files') return storeContainedFiles(tx, workbook, outcome)
  if (outcome.kind === 'same_bytes') return recordDuplicate(tx, workbook, outcome.originalId, { reason: 'same_bytes' })
  if (outcome.kind === 'same_parts') {
    const { id, facts } = outcome.original
    return recordDuplicate(tx, workbook, id, { ...facts, reason: 'same_content' })
  }
  if (outcome.kind === 'numbers') return giveBack(tx, workbook, outcome, dependencies)
  return { verdict: outcome.verdict }
}
