import {
  columnProfiles,
  type JobRunner,
  mostDeathsAlone,
  openDislocationStage,
  workbooks,
  type WorkbookVerdict,
} from '@atermtrack/data'
import type { Handler, Producer } from '@atermtrack/queue'
import { takeApart } from '../mail/take-apart.ts'
import { giveBack } from './give-back.ts'
import { readInThread } from './read-in-thread.ts'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { type PendingWorkbook, settle, settleDuplicate, type Settled } from './settle.ts'
import { type StagedOptions, type TakeInOptions, takeInDislocation } from './take-in-dislocation.ts'
import { takeInTerminalReport } from './take-in-terminal-report.ts'
import { takeInTrainRoster } from './take-in-train-roster.ts'
import { isKnownSender, isTrustedSender } from './trusted-senders.ts'
import { isArchive } from '@atermtrack/workbook-reader'
import { unpackArchive } from './unpack-archive.ts'
import type { WorkbookDigest } from './workbook-digest.ts'

export interface ImportDependencies extends TakeInOptions {
  readonly reading: ReadingSettings
  readonly run: JobRunner
  readonly imports: Pick<Producer<{ workbookId: number }>, 'ring'>
  readonly sendings: Pick<Producer<{ deliveryId: number }>, 'ring'>
  readonly builds: Pick<Producer<{ reportId: number }>, 'ring'>
}

const previewLength = 4_000
const savedMessage = /\.eml$/i

/**
 * Imports one stored workbook: reads it, judges it, and merges it in one transaction. Whatever the file is, the end is a
 * state of its row; only faults of our own side throw, and then the job comes again.
 */
export function createImportWorkbook(dependencies: ImportDependencies): Handler<{ workbookId: number }> {
  const { db, run, imports, sendings, builds } = dependencies
  return async ({ workbookId }, { logger, signal }) => {
    const settled = await run(workbookId, async (start) => {
      const workbook = await workbooks.beginAttempt(db, workbookId, start)
      return workbook && judge(dependencies, workbook, signal)
    })
    if (!settled) return logger.info({ workbookId }, 'workbook is settled already')
    logger.info({ workbookId, ...summary(settled.verdict) }, 'workbook is settled')
    for (const id of settled.workbookIds) await imports.ring({ workbookId: id })
    for (const id of settled.deliveryIds) await sendings.ring({ deliveryId: id })
    for (const id of settled.reportIds ?? []) await builds.ring({ reportId: id })
  }
}

async function judge(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  signal: AbortSignal,
): Promise<Settled | undefined> {
  const { db, sourceZone, terminalZone, reading } = dependencies
  if (workbook.attempts >= mostDeathsAlone) {
    const reasonDetail = `${mostDeathsAlone + 1} attempts without an end`
    return end(dependencies, workbook, { status: 'refused', reason: 'reader_died', reasonDetail })
  }
  const twin = await workbooks.findTwinByBytes(db, workbook)
  if (twin) {
    const verdict = { reason: 'same_bytes', twinId: twin.id }
    return db.transaction().execute(async (tx) => settleDuplicate(tx, workbook, verdict, dependencies))
  }
  const content = await workbooks.getContent(db, workbook)
  const doubt = senderDoubt(workbook, isKnownSender(dependencies.senders, workbook.sender))
  // What holds other files is not opened for a stranger.
  if (doubt && (savedMessage.test(workbook.fileName) || isArchive(content))) return end(dependencies, workbook, doubt)
  if (savedMessage.test(workbook.fileName)) return openMessage(dependencies, workbook, content)
  const profiles = await columnProfiles.list(db)
  const { fileName, receivedAt } = workbook
  const request = { fileName, receivedAt, sourceZone, terminalZone, profiles, limits: reading }
  await using stage = openDislocationStage(db)
  const digest = await readInThread(content, request, { signal, takeLines: stage.add })
  return await takeIn({ ...dependencies, stage }, workbook, digest)
}

/** A message that was saved as a file, as people do who forward mail by hand: what was attached to it counts. */
async function openMessage(
  dependencies: ImportDependencies,
  workbook: PendingWorkbook,
  content: Uint8Array,
): Promise<Settled | undefined> {
  const { reading } = dependencies
  const message = await takeApart(content).catch(() => undefined)
  const files = (message?.attachments ?? []).map(({ fileName: name, content }) => ({ name, content }))
  if (files.length > 0 && files.length <= reading.archive.maxFiles) {
    return unpackArchive(dependencies, workbook, { files, reason: 'message_opened' })
  }
  const reason = files.length > 0 ? 'too_many_attachments' : message ? 'no_attachments' : 'unreadable_message'
  return end(dependencies, workbook, { status: 'refused', reason })
}

async function takeIn(
  dependencies: ImportDependencies & StagedOptions,
  workbook: PendingWorkbook,
  digest: WorkbookDigest,
): Promise<Settled | undefined> {
  if (digest.kind === 'unreadable') {
    const { reason, detail: reasonDetail } = digest
    return end(dependencies, workbook, { status: 'refused', reason, reasonDetail })
  }
  if (digest.kind === 'archive') return unpackArchive(dependencies, workbook, { ...digest, reason: 'unpacked' })
  if (digest.kind === 'unknown') {
    const reasonDetail = digest.preview.join('\n').slice(0, previewLength)
    const verdict = { status: 'quarantined', reason: 'unknown_layout', reasonDetail, head: digest.head } as const
    if (!digest.hasNumbers) return end(dependencies, workbook, verdict)
    return dependencies.db.transaction().execute(async (tx) => giveBack(tx, workbook, verdict, dependencies))
  }
  const { kind, rowCount, skippedCount, warnings, unknownColumns, head } = digest
  const doubt = senderDoubt(workbook, isTrustedSender(dependencies.senders, kind, workbook.sender))
  if (doubt) {
    const read = { kind, rowCount, skippedCount, warnings, unknownColumns, head }
    return end(dependencies, workbook, { ...read, ...doubt })
  }
  if (kind === 'dislocation') return takeInDislocation(dependencies, workbook, digest)
  if (kind === 'terminal_report') return takeInTerminalReport(dependencies, workbook, digest)
  return takeInTrainRoster(dependencies, workbook, digest)
}

/** Ends an import that changes nothing but the row of the workbook. */
async function end(
  dependencies: ImportDependencies & Partial<StagedOptions>,
  workbook: PendingWorkbook,
  verdict: WorkbookVerdict,
): Promise<Settled | undefined> {
  // What was staged does not count, and this needs a connection too.
  await dependencies.stage?.[Symbol.asyncDispose]()
  return dependencies.db.transaction().execute(async (tx) => settle(tx, workbook, verdict, dependencies))
}

/** Why the sender is not believed. Only mail can come from strangers: the drop folder and admins are trusted. */
function senderDoubt(
  { origin, senderUnproven, senderProof, overrides }: PendingWorkbook,
  isKnown: boolean,
): WorkbookVerdict | undefined {
  if (origin !== 'mail') return undefined
  if (!isKnown && !overrides.includes('unknown_sender')) return { status: 'quarantined', reason: 'unknown_sender' }
  if (!senderUnproven || overrides.includes('unproven_sender')) return undefined
  return { status: 'quarantined', reason: 'unproven_sender', ...(senderProof && { reasonDetail: senderProof }) }
}

function summary({ status, reason, kind, rowCount, skippedCount }: WorkbookVerdict) {
  return { status, reason, kind, rowCount, skippedCount }
}
