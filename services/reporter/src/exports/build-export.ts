import { type Db, deliveries, exportReports, subscriberReports } from '@atermtrack/data'
import { type Access, actorOf, everything, formatWall, may, scopeKey, toWall } from '@atermtrack/domain'
import { describeExport, writeExport, writePersonalData } from '@atermtrack/exports'
import { escapeWhole, exportTexts, privacyTexts, zoneMark } from '@atermtrack/messages'
import { enqueueDeliveries, type Outbox, transact, type Tx } from '@atermtrack/outbox'
import type { Pictures } from '@atermtrack/pictures'
import type { FileLimits } from '@atermtrack/workbook-writer'
import type { Logger } from 'pino'
import type { WorkbookRequest } from '../report/build-workbooks.ts'
import { reportFileName } from '../report/file-name.ts'
import { planStatistics } from './draw-statistics.ts'
import { planSubscriberReports, type SubscriberReportsDependencies } from './subscriber-reports.ts'

type Waiting = WorkbookRequest['report']

export interface BuildExportDependencies extends Outbox, SubscriberReportsDependencies {
  /** By default those of Excel and Telegram. */
  readonly fileLimits?: FileLimits | undefined
  readonly pictures: Pictures
}

/** How an export is written: its files one after the other, and what stands around them. */
export interface Export {
  readonly files: AsyncIterable<exportReports.ExportedFile>
  readonly fileName: (part: Part) => string
  /** Telegram HTML. */
  readonly caption: (file: StoredFile, part: Part) => string
  readonly audience: 'admin' | 'anybody'
}

/** The place of a file among all of an export, from 1. */
interface Part {
  readonly n: number
  readonly of: number
}

interface StoredFile {
  readonly id: number
  readonly rowCount: number
}

export function isExport({ kind }: Pick<Waiting, 'kind'>): boolean {
  return kind === 'export' || kind === 'personal_data' || kind === 'statistics'
}

/** Whether the reader may have it at this moment. */
export function mayExport({ kind }: Pick<Waiting, 'kind'>, access: Access): boolean {
  const right = kind === 'personal_data' ? 'own_data' : kind === 'statistics' ? 'inspect_statistics' : 'export_data'
  return may(actorOf(access, 'private'), right)
}

/**
 * Builds all files of an export and writes their deliveries in one transaction, which holds the report meanwhile: nobody builds it a second
 * time, and of one that is cut off nothing is left but the report that waits. The bytes of a file are stored while its rows are read.
 */
export async function buildExport(
  dependencies: BuildExportDependencies,
  report: Waiting,
  { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
): Promise<void> {
  const { id: reportId, personId, chatId } = report
  await transact(dependencies, async (tx) => {
    if (!(await exportReports.hold(tx, reportId))) return logger.info({ reportId }, 'export is built by somebody else')
    const erased = await exportReports.countErased(tx)
    const plan = await planExport(tx, report, dependencies)
    if (!plan) throw new Error(`export ${reportId} is of a kind that is not known here`)
    const stored = await storeFiles(tx, reportId, { files: plan.files, signal })
    if ((await exportReports.countErasedAtLast(tx)) !== erased) {
      throw new Error('somebody has erased their data meanwhile, and the export may hold them')
    }
    const leaving: deliveries.LeavingReport[] = []
    for (const [index, file] of stored.entries()) {
      const part = { n: index + 1, of: stored.length }
      await finish(tx, file.id, plan.fileName(part))
      const { audience } = plan
      leaving.push({ reportId: file.id, kind: 'answer', audience, personId, chatId, text: plan.caption(file, part) })
    }
    enqueueDeliveries(tx, await deliveries.insertForReports(tx, leaving))
    logger.info({ reportId, files: stored.length, rows: rowsOf(stored) }, 'export is built')
  })
}

/** Exports go to those who see everything. */
async function finish(tx: Tx, id: number, fileName: string): Promise<void> {
  await exportReports.finishFile(tx, id, { fileName, builtFor: scopeKey(everything) })
}

async function storeFiles(
  tx: Tx,
  reportId: number,
  { files, signal }: { readonly files: Export['files']; readonly signal: AbortSignal },
): Promise<readonly StoredFile[]> {
  const stored: StoredFile[] = []
  for await (const file of files) {
    signal.throwIfAborted()
    stored.push(await exportReports.storeFile(tx, reportId, { ...file, isFirst: stored.length === 0 }))
  }
  return stored
}

function rowsOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { rowCount }) => sum + rowCount, 0)
}

async function planExport(tx: Db, report: Waiting, dependencies: BuildExportDependencies): Promise<Export | undefined> {
  const { scheduleZone, fileLimits } = dependencies
  if (report.kind === 'statistics') return planStatistics(tx, report, dependencies)
  if (report.kind === 'personal_data') return planPersonalData(tx, report, scheduleZone)
  if (await subscriberReports.isAsked(tx, report.id)) return planSubscriberReports(tx, report, dependencies)
  const ask = await exportReports.findAsk(tx, report.id)
  if (!ask) return undefined
  const { language, now } = report
  const words = exportTexts[language]
  const { title, days, times } = describeExport(ask, { language, now })
  const partOf = ({ n, of }: Part) => (of === 1 ? [] : [words.part(n, of)])
  return {
    files: writeExport(tx, ask, { language, now }, fileLimits),
    fileName: (part) =>
      reportFileName(words.fileTitle, [words.kinds[ask.kind], ...partOf(part)].join(' '), toWall(now, ask.zone)),
    caption: ({ rowCount }, part) =>
      [`<b>${escapeWhole(title)}</b>`, days, times, [words.rows(rowCount), ...partOf(part)].join(', ')].join('\n'),
    audience: 'admin',
  }
}

async function planPersonalData(
  tx: Db,
  { id, personId, language, now }: Waiting,
  scheduleZone: string,
): Promise<Export> {
  const words = privacyTexts[language]
  const zone = (await exportReports.findZone(tx, id)) ?? scheduleZone
  const wall = toWall(now, zone)
  return {
    files: onlyFile(writePersonalData(tx, personId)),
    fileName: () => words.fileName(wall.slice(0, 10)),
    caption: () => words.caption(`${formatWall(wall)} (${zoneMark(zone, now, language)})`),
    audience: 'anybody',
  }
}

async function* onlyFile(content: Promise<Buffer>): AsyncGenerator<exportReports.ExportedFile> {
  yield { pieces: [await content], rowCount: () => 0 }
}
