import { type Db, deliveries, positions, reports, workbooks } from '@atermtrack/data'
import { toWall } from '@atermtrack/domain'
import { deliveryPriority, type Handler, type Producer } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { composeCaption, escapeHtml } from './report/caption.ts'
import { reportFileName } from './report/file-name.ts'
import { warnings } from './report/notes.ts'
import { drawPicture } from './report/picture.ts'
import { toTables } from './report/tables.ts'
import { texts } from './report/texts.ts'
import { writeWorkbook } from './report/workbook-writer.ts'

/** More starts without an end mean that the work itself kills the process. */
const mostAttempts = 5

export interface BuildReportDependencies {
  readonly db: Db
  readonly telegram: Producer<{ readonly deliveryId: number }>
  /** Undefined where no mail server is configured: then reports go to Telegram only. */
  readonly email: Producer<{ readonly deliveryId: number }> | undefined
  /** Zone in which the railway's times are shown. */
  readonly sourceZone: string
  /** Zone of reports that belong to no subscription. */
  readonly scheduleZone: string
  /** Who gets a copy of every report of a slot by e-mail. */
  readonly emailCopies: readonly string[]
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
  readonly now: () => Date
}

type Waiting = NonNullable<Awaited<ReturnType<typeof reports.beginBuilding>>>

/** Writes the workbook of a waiting report and hands it to the channels of its reader, once however often it runs. */
export function createBuildReport(dependencies: BuildReportDependencies): Handler<{ readonly reportId: number }> {
  const { db } = dependencies
  return async ({ reportId }, { logger }) => {
    const report = await reports.beginBuilding(db, reportId)
    if (!report) {
      logger.info({ reportId }, 'report is done already')
      return
    }
    if (report.attempts > mostAttempts) {
      await giveUp(dependencies, report, logger)
      return
    }
    const built = await build(dependencies, report)
    const queued = await store(dependencies, report, built)
    if (!queued) {
      logger.info({ reportId }, 'report was built by somebody else')
      return
    }
    logger.info({ reportId, rows: built.file.rowCount, missing: built.file.missing.length }, 'report is built')
    await ringAll(dependencies, queued)
  }
}

async function build(dependencies: BuildReportDependencies, report: Waiting) {
  const { db, sourceZone, scheduleZone, staleAfterMinutes, now } = dependencies
  const { name, containers, plannedAt, late, language, zone: plannedZone = scheduleZone } = report
  const words = texts[language]
  const picture = drawPicture(containers, await positions.findMany(db, containers), dependencies)
  const freshness = picture.heardAt ? undefined : await workbooks.findFreshness(db)
  const heardAt = picture.heardAt ?? freshness?.confirmedAt ?? freshness?.stamp
  const asOf = picture.asOf ?? freshness?.stamp
  const shown = { ...picture, asOf }
  const notes = warnings({ late, plannedAt, plannedZone, heardAt, staleAfterMinutes, now: now() }, words)
  return {
    caption: composeCaption(shown, { name, zone: sourceZone, notes }, words),
    subject: words.heading(name),
    emailEnd: `${words.attached}\n\n${words.unsubscribe}`,
    file: {
      fileName: reportFileName(words.title, name, toWall(plannedAt, plannedZone)),
      content: await writeWorkbook(toTables(shown, { zone: sourceZone, plannedZone, plannedAt, notes }, words)),
      rowCount: picture.rows.length,
      missing: picture.missing,
      asOf,
    },
  }
}

/** One transaction: the workbook and what it leaves as exist together or not at all. Undefined when somebody was first. */
async function store(
  { db, email, emailCopies }: BuildReportDependencies,
  report: Waiting,
  { file, caption, subject, emailEnd }: Awaited<ReturnType<typeof build>>,
) {
  return db.transaction().execute(async (tx) => {
    if (!(await reports.finishBuilding(tx, report.id, file))) return undefined
    return deliveries.insertForReport(tx, {
      reportId: report.id,
      kind: report.kind === 'slot' ? 'report' : 'answer',
      personId: report.personId,
      chatId: report.chatId,
      text: caption.html,
      ...(email &&
        report.kind !== 'lookup' && {
          emailAddressId: report.emailAddressId,
          subject,
          emailText: `${caption.plain}\n\n${emailEnd}`,
          copies: report.kind === 'slot' ? emailCopies : [],
        }),
    })
  })
}

async function giveUp({ db, telegram }: BuildReportDependencies, report: Waiting, logger: Logger): Promise<void> {
  const message = await db.transaction().execute(async (tx) => {
    if (!(await reports.fail(tx, report.id, 'attempts_exhausted'))) return undefined
    return deliveries.insertMessage(tx, {
      kind: 'answer',
      chatId: report.chatId,
      personId: report.personId,
      text: escapeHtml(texts[report.language].failed(report.name)),
    })
  })
  if (!message) return
  logger.error({ reportId: report.id, attempts: report.attempts }, 'report is given up')
  await telegram.ring({ deliveryId: message.id }, { priority: deliveryPriority.answer })
}

async function ringAll(
  { telegram, email }: BuildReportDependencies,
  queued: readonly deliveries.QueuedDelivery[],
): Promise<void> {
  for (const { id, channel, kind } of queued) {
    const producer = channel === 'telegram' ? telegram : email
    await producer?.ring({ deliveryId: id }, { priority: deliveryPriority[kind] })
  }
}
