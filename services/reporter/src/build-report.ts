import {
  annotations,
  containerHistory,
  createDirectoryCache,
  type Db,
  deliveries,
  type FindDirectory,
  type JobRunner,
  mostDeathsAlone,
  positions,
  reports,
  noAccessNotices,
  type Scope,
  trains,
  workbooks,
} from '@atermtrack/data'
import {
  type Access,
  accessInGroup,
  accessOf,
  type AccessPolicy,
  type Allowed,
  scopeKey,
  toWall,
} from '@atermtrack/domain'
import { type Language, languageOf, type Notice, notice, reportTexts as texts } from '@atermtrack/messages'
import { enqueueDeliveries, type Outbox, transact } from '@atermtrack/outbox'
import {
  type buildReport,
  deliveryPriority,
  type Handler,
  type JobContext,
  JobDelayed,
  type PayloadOf,
  sendTelegram,
} from '@atermtrack/queue'
import { createByteRoom } from '@atermtrack/runtime'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { annotateReport, annotationFailed } from './annotate/annotate-report.ts'
import { composeCaption } from './report/caption.ts'
import { reportFileName } from './report/file-name.ts'
import { historyTable } from './report/history-table.ts'
import { warnings } from './report/notes.ts'
import { toReportData } from './report/report-data.ts'
import { toTables } from './report/tables.ts'
import { writeWorkbook } from './report/workbook-writer.ts'
import { buildLateRegister } from './register/build-late-register.ts'
import { type Prepared, prepareReport } from './schedule/prepare-report.ts'

/** Limits people's workbooks that are processed side by side: a large one takes many times its size of memory, so it is alone. */
const mostFileBytes = 20_000_000
/** The answer to a question about a few containers shows their history too. */
const mostWithHistory = 10
const mostMovements = 20_000

export interface BuildReportDependencies extends Outbox {
  readonly run: JobRunner
  /** Whether a mail server is configured: without one, reports go to Telegram only. */
  readonly emailIsOn: boolean
  /** Zone in which the railway's times are shown. */
  readonly sourceZone: string
  /** Zone of reports that belong to no subscription. */
  readonly scheduleZone: string
  /** The people who may have a report, and their scope. */
  readonly policy: AccessPolicy
  /** The addresses that get a copy of every report of a slot by e-mail. */
  readonly emailCopies: readonly string[]
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
  /** The period for claims about a late delivery. */
  readonly claimDays: number
  /** The limits for reading a workbook that is to be given back. */
  readonly reading: ReadingSettings
}

type Begun = NonNullable<Awaited<ReturnType<typeof reports.beginBuilding>>>
/** `isCut`: its subject holds more containers than a report. */
type Waiting = Omit<Begun, 'language'> & { readonly language: Language; readonly isCut?: boolean }

/** Writes the workbook of a waiting report and writes the deliveries for the channels of its reader, once however often it runs. */
export function createBuildReport(dependencies: BuildReportDependencies): Handler<PayloadOf<typeof buildReport>> {
  const { db, run } = dependencies
  const files = createByteRoom(mostFileBytes)
  const findDirectory = createDirectoryCache()
  return async ({ reportId }, context) => {
    using place = files.open()
    // Before the start is counted, or waiting would use the starts up.
    const delayMs = place.admit((await annotations.findSourceSize(db, reportId)) ?? 0)
    if (delayMs > 0) throw new JobDelayed(delayMs)
    await run(reportId, async (start) => {
      const report = await reports.beginBuilding(db, reportId, start)
      const parts = { ...dependencies, findDirectory }
      if (report) await buildAndStore(parts, { ...report, language: languageOf(report.language) }, context)
      else context.logger.info({ reportId }, 'report is done already')
    })
  }
}

async function buildAndStore(
  dependencies: BuildReportDependencies & { readonly findDirectory: FindDirectory },
  report: Waiting,
  { logger, signal }: JobContext,
): Promise<void> {
  const { id: reportId, attempts } = report
  if (attempts >= mostDeathsAlone) {
    logger.error({ reportId, attempts }, 'report is given up')
    return refuse(dependencies, report, { reason: 'attempts_exhausted', notice: failureOf(report) })
  }
  const access = accessTo(report, dependencies.policy)
  if (access.kind !== 'allowed') {
    logger.info({ reportId, access: access.kind }, 'report is for somebody without access')
    return passOver(dependencies, report, access)
  }
  const prepared = await prepareReport(report, { ...dependencies, scope: access.scope })
  if (prepared.kind !== 'ready') {
    logger.info({ reportId, because: prepared.kind }, 'report is not built')
    return skip(dependencies, report, prepared)
  }
  const asked = { ...report, containers: [...prepared.containers], isCut: prepared.isCut }
  const built = await buildAny({ ...dependencies, scope: access.scope }, asked, signal)
  if ('reason' in built) {
    logger.info({ reportId, reason: built.reason }, 'report cannot be built')
    return refuse(dependencies, report, built)
  }
  const isFirst = await store(dependencies, report, { ...built, scope: access.scope })
  if (!isFirst) return logger.info({ reportId }, 'report was built by somebody else')
  logger.info({ reportId, rows: built.file.rowCount, missing: built.file.missing.length }, 'report is built')
}

/** The current access of the reader in the chat of the report, which may differ from the access at the request. */
function accessTo({ reader, group }: Waiting, policy: AccessPolicy): Access {
  return group ? accessInGroup(group, reader, policy) : accessOf(reader, policy)
}

interface Built {
  readonly file: Omit<reports.BuiltReport, 'builtFor'>
  /** Telegram HTML. */
  readonly html: string
  /** Undefined for a report that goes to Telegram alone. */
  readonly email?: { readonly subject: string; readonly text: string }
}

interface Refusal {
  readonly reason: string
  /** By default it has failed. */
  readonly status?: 'failed' | 'skipped'
  /** The notice that its reader gets instead of the report. */
  readonly notice: Notice
}

/** A report is built for the scope that its reader has at that moment. */
type Building = BuildReportDependencies & Pick<Allowed, 'scope'>

async function buildAny(dependencies: Building, report: Waiting, signal: AbortSignal): Promise<Built | Refusal> {
  if (report.kind === 'annotated') return annotateReport(dependencies, report, signal)
  if (report.kind === 'late_register') return buildLateRegister(dependencies, report)
  return build(dependencies, report)
}

async function build(dependencies: Building, report: Waiting): Promise<Built> {
  const { db, scope, sourceZone, scheduleZone, staleAfterMinutes, standingAfterMinutes } = dependencies
  const { name, containers, plannedAt, late, language, zone: plannedZone = scheduleZone } = report
  const words = texts[language]
  const { known } = await trains.find(db, report.trainCode === undefined ? [] : [report.trainCode], scope)
  const found = await positions.findMany(db, containers, scope)
  const data = toReportData(containers, found, { standingAfterMinutes, train: known[0] })
  const freshness = data.confirmedAt ? undefined : await workbooks.findFreshness(db)
  const confirmedAt = data.confirmedAt ?? freshness?.confirmedAt ?? freshness?.stamp
  const asOf = data.asOf ?? freshness?.stamp
  const shown = { ...data, asOf }
  const notes = [
    ...warnings({ late, plannedAt, plannedZone, confirmedAt, staleAfterMinutes, now: report.now }, words),
    ...(report.isCut ? [words.cut(containers.length)] : []),
  ]
  const movements = await listMovements(db, report, scope)
  const tables = [
    ...toTables(shown, { zone: sourceZone, plannedZone, plannedAt, notes }, words),
    ...(movements.length > 0 ? [historyTable(movements, { zone: sourceZone, at: asOf ?? plannedAt }, words)] : []),
  ]
  const caption = composeCaption(shown, { name, zone: sourceZone, notes }, words)
  const emailText = `${caption.plain}\n\n${words.attached}\n\n${words.unsubscribe}`
  return {
    html: caption.html,
    ...(report.kind !== 'lookup' && { email: { subject: words.heading(name), text: emailText } }),
    file: {
      fileName: reportFileName(words.title, name, toWall(plannedAt, plannedZone)),
      content: await writeWorkbook(tables),
      rowCount: data.rows.length + data.unseen.length,
      missing: data.missing,
      asOf,
    },
  }
}

async function listMovements(db: Db, { kind, containers }: Waiting, scope: Scope) {
  if (kind !== 'lookup' || containers.length > mostWithHistory) return []
  const { rows } = await containerHistory.list(db, { containers, scope }, { offset: 0, limit: mostMovements })
  return rows
}

/** One transaction: the workbook and its deliveries exist together or not at all. False when another job was first. */
async function store(
  dependencies: BuildReportDependencies,
  report: Waiting,
  { file, html, email: letter, scope }: Built & Pick<Allowed, 'scope'>,
): Promise<boolean> {
  const { emailIsOn, emailCopies } = dependencies
  return transact(dependencies, async (tx) => {
    if (!(await reports.finishBuilding(tx, report.id, { ...file, builtFor: scopeKey(scope) }))) return false
    const queued = await deliveries.insertForReport(tx, {
      reportId: report.id,
      kind: report.kind === 'slot' ? 'report' : 'answer',
      personId: report.personId,
      chatId: report.chatId,
      threadId: report.threadId,
      text: html,
      ...(emailIsOn &&
        letter && {
          emailAddressIds: report.emailAddressIds,
          subject: letter.subject,
          emailText: letter.text,
          copies: report.kind === 'slot' && report.targetId === undefined ? emailCopies : [],
        }),
    })
    enqueueDeliveries(tx, queued)
    return true
  })
}

/** Ends a report that cannot be built and notifies its reader. */
async function refuse(
  dependencies: BuildReportDependencies,
  { id, chatId, personId }: Waiting,
  { reason, status = 'failed', notice }: Refusal,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    if (!(await reports.end(tx, id, { status, reason }))) return
    const message = await deliveries.insertMessage(tx, { kind: 'answer', chatId, personId, notice })
    tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.answer })
  })
}

/** Ends a report that has nothing to say; where its reader wants to know, they get a message. */
async function skip(
  dependencies: BuildReportDependencies,
  { id, chatId, threadId, personId, name }: Waiting,
  prepared: Exclude<Prepared, { kind: 'ready' }>,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    if (!(await reports.end(tx, id, { status: 'skipped', reason: prepared.kind }))) return
    if (prepared.kind !== 'empty' || !prepared.isSaid) return
    const empty = notice('report_empty', { name })
    const message = await deliveries.insertMessage(tx, { kind: 'answer', chatId, threadId, personId, notice: empty })
    tx.enqueue(sendTelegram, { deliveryId: message.id }, { priority: deliveryPriority.answer })
  })
}

/** Ends a report whose reader has lost access; they are notified once. A group is not notified. */
async function passOver(
  dependencies: BuildReportDependencies,
  { id, personId, group, name }: Waiting,
  access: Exclude<Access, Allowed>,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    if (!(await reports.end(tx, id, { status: 'skipped', reason: 'access_denied' })) || group) return
    const notice = await noAccessNotices.insertOnce(tx, personId, { access, name })
    if (notice) tx.enqueue(sendTelegram, { deliveryId: notice.id }, { priority: deliveryPriority.alert })
  })
}

function failureOf(report: Waiting): Notice {
  if (report.kind === 'annotated') return annotationFailed(report)
  return notice('report_failed', { name: report.name })
}
