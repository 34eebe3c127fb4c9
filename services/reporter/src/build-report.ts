import {
  createDirectoryCache,
  deliveries,
  type FindDirectory,
  type JobRunner,
  mostDeathsAlone,
  pictures,
  reportBatches,
  reports,
  snapshots,
  type WaitingReport,
} from '@atermtrack/data'
import { type Access, accessInGroup, accessOf, type AccessPolicy, scopeKey } from '@atermtrack/domain'
import { languageOf, type Notice, notice } from '@atermtrack/messages'
import { enqueueDeliveries, type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { type buildReport, type Handler, type JobContext, JobDelayed, type PayloadOf } from '@atermtrack/queue'
import type { ByteRoom } from '@atermtrack/runtime'
import type { Pictures } from '@atermtrack/pictures'
import type { FileLimits } from '@atermtrack/workbook-writer'
import type { Logger } from 'pino'
import { openFileReaders } from './annotate/annotate-in-process.ts'
import { type AnnotateDependencies, annotateReport, annotationFailed } from './annotate/annotate-report.ts'
import { buildUnreached } from './broadcasts/build-unreached.ts'
import { endDenied, refuse, type Refusal, skip } from './end-report.ts'
import { openFileRoom } from './file-room.ts'
import { buildExport, isExport, mayExport } from './exports/build-export.ts'
import { buildLateRegister } from './register/build-late-register.ts'
import {
  type BuiltWorkbook,
  buildWorkbooks,
  type SilentSlot,
  type WorkbookRequest,
  type WorkbookSettings,
} from './report/build-workbooks.ts'
import { isKnownKind, unknownKindDelayMs } from './known-kinds.ts'
import { passOver } from './pass-over.ts'
import { buildPicture, mayDraw } from './pictures/build-picture.ts'
import { prepareReport } from './schedule/prepare-report.ts'
import { buildStock, type StockDependencies } from './stock/build-stock.ts'
import { findTemplate } from './template/fill-template.ts'
import { tellOwner } from './template/tell-owner.ts'

/** Reports of slots that are built together: they share the statements that read and store them. */
const batchSize = 50
/** Longer lists are built by themselves, so that a batch takes little memory and little time. */
const mostInBatch = 200

export interface BuildReportDependencies
  extends
    Outbox,
    WorkbookSettings,
    Pick<AnnotateDependencies, 'reading'>,
    Pick<StockDependencies, 'freeDays' | 'terminalZone'> {
  readonly pictures: Pictures
  readonly run: JobRunner
  /** The people who may have a report, and their scope. */
  readonly policy: AccessPolicy
  /** The period for claims about a late delivery. */
  readonly claimDays: number
  /** By default those of this handler alone. */
  readonly readers?: AnnotateDependencies['readers']
  /** The limits of the files of an export; by default those of Excel and Telegram. */
  readonly fileLimits?: FileLimits | undefined
  /** The room for people's workbooks; by default one of this handler alone. */
  readonly files?: ByteRoom
}

type Waiting = WorkbookRequest['report']
type Parts = BuildReportDependencies & Pick<AnnotateDependencies, 'readers'> & { readonly findDirectory: FindDirectory }

/**
 * Writes the workbook of a waiting report and writes the deliveries for the channels of its reader, once however often it runs. The
 * report of a slot takes others along that wait, so that a morning of thousands of them costs few statements.
 */
export function createBuildReport(dependencies: BuildReportDependencies): Handler<PayloadOf<typeof buildReport>> {
  const { db, run, files = openFileRoom(), readers = openFileReaders() } = dependencies
  const parts = { ...dependencies, readers, findDirectory: createDirectoryCache() }
  return async ({ reportId }, context) => {
    const seen = await reportBatches.look(db, reportId)
    if (!seen) return context.logger.debug({ reportId }, 'report is done already, or somebody builds it')
    if (!isKnownKind(seen.kind)) {
      context.logger.warn({ reportId, kind: seen.kind }, 'report is of a kind that this release does not know')
      throw new JobDelayed(unknownKindDelayMs)
    }
    using place = files.open()
    // Before the start is counted, or waiting would use the starts up.
    const delayMs = place.admit(seen.sourceBytes)
    if (delayMs > 0) throw new JobDelayed(delayMs)
    await run(reportId, async (start) => {
      const begun = await reports.beginBuilding(db, reportId, start)
      if (!begun) return context.logger.info({ reportId }, 'report is done already')
      const report = inLanguage(begun)
      // A report that ended with an error, or may have killed a process, must not take others along a second time.
      const isShared = !seen.hasTemplate && isShareable(report) && context.attempt === 1 && !start.isAlone
      if (isShared) return buildBatch(parts, report, context)
      const fill = seen.hasTemplate ? await findTemplate(parts, report, context.signal) : undefined
      await buildAlone(parts, { report, fill }, context)
    })
  }
}

function inLanguage(report: WaitingReport): Waiting {
  return { ...report, language: languageOf(report.language) }
}

/** A list that is known already: any other subject is resolved when its report is built. */
function isShareable({ kind, stateAt, containers, attempts, subscription }: Waiting): boolean {
  const isList = subscription?.subject === 'containers' && containers.length > 0 && containers.length <= mostInBatch
  return kind === 'slot' && !stateAt && attempts === 0 && isList
}

/** Builds a report and others that wait. Their rows stay locked meanwhile, so that nobody builds one of them twice. */
async function buildBatch(
  dependencies: BuildReportDependencies,
  report: Waiting,
  { logger }: JobContext,
): Promise<void> {
  await transact(dependencies, async (tx) => {
    const terms = { id: report.id, limit: batchSize - 1, mostContainers: mostInBatch }
    const others = await reportBatches.claim(tx, terms)
    if (!others) return logger.info({ reportId: report.id }, 'report is built by somebody else')
    const requests: WorkbookRequest[] = []
    for (const one of [report, ...others.map(inLanguage)]) {
      const access = accessTo(one, dependencies.policy)
      if (access.kind === 'allowed') requests.push({ report: one, scope: access.scope })
      else await passOver(tx, one, access)
    }
    const results = await buildWorkbooks(tx, requests, dependencies)
    const own = results.get(report.id)
    if (own instanceof Error) throw own
    const finished = requests.flatMap((request) => {
      const result = results.get(request.report.id)
      if (result instanceof Error) logger.error({ err: result, reportId: request.report.id }, 'report cannot be built')
      return result && !(result instanceof Error) ? [{ ...request, result }] : []
    })
    await store(tx, finished, dependencies, logger)
  })
}

/** Builds one report that may be long: the database is read before, and its transaction is short. */
async function buildAlone(
  dependencies: Parts,
  { report, fill }: Pick<WorkbookRequest, 'report' | 'fill'>,
  { logger, signal }: JobContext,
): Promise<void> {
  const { id: reportId, attempts } = report
  if (attempts >= mostDeathsAlone) {
    logger.error({ reportId, attempts }, 'report is given up')
    return refuse(dependencies, report, { reason: 'attempts_exhausted', notice: failureOf(report) })
  }
  const access = accessTo(report, dependencies.policy)
  if (isExport(report)) return buildExportFor(dependencies, { report, access }, { logger, signal })
  if (access.kind !== 'allowed') {
    logger.info({ reportId, access: access.kind }, 'report is for somebody without access')
    return transact(dependencies, async (tx) => passOver(tx, report, access))
  }
  if (!mayDraw(report, access)) return transact(dependencies, async (tx) => endDenied(tx, report))
  const { scope } = access
  const prepared = await prepareReport(report, { ...dependencies, scope })
  if (prepared.kind !== 'ready') {
    logger.info({ reportId, because: prepared.kind }, 'report is not built')
    return skip(dependencies, report, prepared)
  }
  const asked = { ...report, containers: [...prepared.containers], isCut: prepared.isCut }
  const result = await build({ ...dependencies, access }, { report: asked, scope, fill }, signal)
  if (result.kind === 'refused') {
    logger.info({ reportId, reason: result.reason }, 'report cannot be built')
    return refuse(dependencies, report, result)
  }
  await transact(dependencies, async (tx) => store(tx, [{ report, scope, result }], dependencies, logger))
}

/** An admin who is none any more gets no export. */
async function buildExportFor(
  dependencies: Parts,
  { report, access }: { readonly report: Waiting; readonly access: Access },
  context: Pick<JobContext, 'logger' | 'signal'>,
): Promise<void> {
  if (mayExport(report, access)) return buildExport(dependencies, report, context)
  context.logger.info({ reportId: report.id, access: access.kind }, 'export is for somebody who may not have it')
  await transact(dependencies, async (tx) => {
    if (access.kind !== 'allowed') await passOver(tx, report, access)
    else await endDenied(tx, report)
  })
}

/** The current access of the reader in the chat of the report, which may differ from the access at the request. */
function accessTo({ reader, group }: Waiting, policy: AccessPolicy): Access {
  return group ? accessInGroup(group, reader, policy) : accessOf(reader, policy)
}

async function build(
  dependencies: Parts & Pick<StockDependencies, 'access'>,
  request: WorkbookRequest,
  signal: AbortSignal,
): Promise<BuiltWorkbook | SilentSlot | Refusal> {
  const { report, scope } = request
  if (report.kind === 'annotated') {
    const annotated = await annotateReport({ ...dependencies, scope }, report, signal)
    return annotated.kind === 'built' ? { ...annotated, letter: undefined, snapshot: undefined } : annotated
  }
  if (report.kind === 'unreached') return buildUnreached(dependencies, report)
  if (report.kind === 'terminal_stock') return buildStock(dependencies, report)
  if (report.kind === 'picture') return buildPicture({ ...dependencies, scope }, report, signal)
  if (report.kind === 'late_register') return buildLateRegister({ ...dependencies, scope }, report)
  const result = (await buildWorkbooks(dependencies.db, [request], dependencies)).get(report.id)
  if (!result || result instanceof Error) throw result ?? new Error(`report ${report.id} was not built`)
  return result
}

type Finished = WorkbookRequest & { readonly result: BuiltWorkbook | SilentSlot }

/** The workbooks and their deliveries exist together or not at all. Reports that somebody else has stored meanwhile are passed over. */
async function store(tx: Tx, finished: readonly Finished[], settings: WorkbookSettings, logger: Logger): Promise<void> {
  for (const { report, result } of finished) {
    if (result.kind === 'silent') await reports.end(tx, report.id, { status: 'skipped', reason: result.reason })
  }
  const built = finished.flatMap(({ report, scope, result }) =>
    result.kind === 'built' ? [{ report, result, builtFor: scopeKey(scope) }] : [],
  )
  const stored = await reportBatches.finish(
    tx,
    built.map(({ report, result, builtFor }) => ({ ...result.file, id: report.id, builtFor })),
  )
  const leaving = built.filter(({ report }) => stored.has(report.id) && !report.isUnsent)
  const queued = await deliveries.insertForReports(
    tx,
    leaving.map(({ report, result }) => toLeaving(report, result, settings)),
  )
  await pictures.storeForMail(
    tx,
    leaving.map(({ report, result }) => ({ id: report.id, picture: result.mailPicture })),
  )
  await snapshots.store(
    tx,
    leaving.flatMap(({ result }) => result.snapshot ?? []),
  )
  enqueueDeliveries(tx, queued)
  for (const { report, result } of leaving) {
    const { subscriptionId } = report
    if (result.templateFailure && subscriptionId !== null) await tellOwner(tx, subscriptionId, result.templateFailure)
  }
  logger.info({ built: stored.size, silent: finished.length - built.length }, 'reports are built')
}

function toLeaving(
  report: Waiting,
  { html, letter }: BuiltWorkbook,
  { emailIsOn, emailCopies }: WorkbookSettings,
): deliveries.LeavingReport {
  return {
    reportId: report.id,
    kind: report.kind === 'slot' ? 'report' : 'answer',
    ...(report.kind === 'unreached' && { audience: 'admin' }),
    personId: report.personId,
    chatId: report.chatId,
    threadId: report.threadId,
    text: html,
    ...(emailIsOn &&
      letter && {
        emailAddressIds: report.emailAddressIds,
        subject: letter.subject,
        emailText: letter.text,
        emailHtml: letter.html,
        copies: report.kind === 'slot' && report.targetId === undefined ? emailCopies : [],
      }),
  }
}

function failureOf(report: Waiting): Notice {
  return report.kind === 'annotated' ? annotationFailed(report) : notice('report_failed', { name: report.name })
}
