import {
  columnProfiles,
  type Db,
  mostDeathsAlone,
  type WorkbookKind,
  workbooks,
  type WorkbookVerdict,
} from '@atermtrack/data'
import { parseDeclaredRoster } from '@atermtrack/domain'
import { isArchive } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { unpackMessage } from '../mail/unpack-message.ts'
import type { ImportSettings, Outcome, PendingWorkbook } from './outcome.ts'
import { repeatsParts, listRepeatable } from './repeated-report.ts'
import { isExpectedName, isKnownSender, isTrustedSender } from './trusted-senders.ts'
import type { WorkbookDigest } from './workbook-digest.ts'
import type { ReadOptions, WorkbookReaders } from './workbook-readers.ts'

export interface ExamineDependencies extends ImportSettings {
  readonly db: Db
  readonly reading: ReadingSettings
  readonly readers: WorkbookReaders
}

const previewLength = 4_000
const savedMessage = /\.eml$/i

/**
 * Reads a workbook and decides its kind. It writes nothing: lines of a dislocation report leave by `acceptLines`, everything else
 * is in the outcome.
 */
export async function examineWorkbook(
  dependencies: ExamineDependencies,
  workbook: PendingWorkbook,
  options: ReadOptions,
): Promise<Outcome> {
  const { db, senders, sourceZone, terminalZone, reading, readers } = dependencies
  if (workbook.attempts >= mostDeathsAlone) {
    const reasonDetail = `${mostDeathsAlone + 1} attempts without an end`
    return ended({ status: 'refused', reason: 'reader_died', reasonDetail })
  }
  const original = await workbooks.findDuplicateByBytes(db, workbook)
  if (original) return { kind: 'same_bytes', originalId: original.id }
  const content = await workbooks.getContent(db, workbook)
  const { fileName, receivedAt } = workbook
  const isMessage = savedMessage.test(fileName)
  // The archive or message of a stranger is not opened.
  const doubt = senderDoubt(workbook, isKnownSender(senders, workbook.sender))
  if (doubt && (isMessage || isArchive(content))) return ended(doubt)
  if (isMessage) return openMessage(content, reading)
  const profiles = await columnProfiles.list(db)
  const isRoster = parseDeclaredRoster(workbook.declared) !== undefined
  const request = { fileName, receivedAt, sourceZone, terminalZone, isRoster, profiles, limits: reading }
  const recent = await listRepeatable(db, workbook, dependencies)
  const look = await readers.readUnlike(content, request, { ...options, recent })
  if (look.kind !== 'like') return judge(look, workbook, dependencies)
  const like = recent.find(({ id }) => id === look.workbookId)
  const isTrusted = like && !doubtAbout(like.facts, workbook, dependencies)
  if (isTrusted && (await repeatsParts(dependencies, content, like, options)))
    return { kind: 'same_parts', original: like }
  return judge(await readers.read(content, request, options), workbook, dependencies)
}

/** Unpacks a message that a person saved as a file to forward it by hand: its attachments count. */
async function openMessage(content: Uint8Array, { archive }: ReadingSettings): Promise<Outcome> {
  const message = await unpackMessage(content).catch(() => undefined)
  const files = (message?.attachments ?? []).map(({ fileName: name, content }) => ({ name, content }))
  if (files.length > 0 && files.length <= archive.maxFiles) return { kind: 'files', files, reason: 'message_opened' }
  const reason = files.length > 0 ? 'too_many_attachments' : message ? 'no_attachments' : 'unreadable_message'
  return ended({ status: 'refused', reason })
}

/** Decides by the content and the sender alone; the import compares it with the stored reports later. */
function judge(digest: WorkbookDigest, workbook: PendingWorkbook, settings: ImportSettings): Outcome {
  if (digest.kind === 'unreadable')
    return ended({ status: 'refused', reason: digest.reason, reasonDetail: digest.detail })
  if (digest.kind === 'archive') return { kind: 'files', files: digest.files, reason: 'unpacked' }
  if (digest.kind === 'unknown') {
    const { preview, head, hasNumbers } = digest
    const reasonDetail = preview.join('\n').slice(0, previewLength)
    const verdict = { status: 'quarantined', reason: 'unknown_layout', reasonDetail, head } as const
    return { kind: hasNumbers ? 'numbers' : 'verdict', verdict }
  }
  const { kind, rowCount, skippedCount, warnings, unknownColumns, head } = digest
  const doubt = doubtAbout(digest, workbook, settings)
  return doubt ? ended({ kind, rowCount, skippedCount, warnings, unknownColumns, head, ...doubt }) : digest
}

/** The reason why a report of this kind is not trusted. */
function doubtAbout(
  { kind }: { readonly kind: WorkbookKind },
  workbook: PendingWorkbook,
  { senders, filePatterns }: ImportSettings,
): WorkbookVerdict | undefined {
  return (
    senderDoubt(workbook, isTrustedSender(senders, kind, workbook.sender)) ??
    nameDoubt(workbook, isExpectedName(filePatterns, kind, workbook.fileName))
  )
}

function ended(verdict: WorkbookVerdict): Outcome {
  return { kind: 'verdict', verdict }
}

/** The reason why the sender is not trusted. Only mail can come from strangers: the drop folder and admins are trusted. */
function senderDoubt(
  { origin, senderUnproven, senderProof, overrides }: PendingWorkbook,
  isKnown: boolean,
): WorkbookVerdict | undefined {
  if (origin !== 'mail') return undefined
  if (!isKnown && !overrides.includes('unknown_sender')) return { status: 'quarantined', reason: 'unknown_sender' }
  if (!senderUnproven || overrides.includes('unproven_sender')) return undefined
  return { status: 'quarantined', reason: 'unproven_sender', ...(senderProof && { reasonDetail: senderProof }) }
}

/** Somebody who brings a file by hand has chosen it: only the names of mailed files count. */
function nameDoubt({ origin, overrides }: PendingWorkbook, isExpected: boolean): WorkbookVerdict | undefined {
  if (origin !== 'mail' || isExpected || overrides.includes('unexpected_name')) return undefined
  return { status: 'quarantined', reason: 'unexpected_name' }
}
