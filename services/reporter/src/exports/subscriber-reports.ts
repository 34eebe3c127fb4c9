import { type Db, type FindDirectory, type SubscribedReport, subscriberReports } from '@atermtrack/data'
import { accessOf, type AccessPolicy, toWall } from '@atermtrack/domain'
import { escapeWhole, languageOf, subscriberReportsTexts as texts } from '@atermtrack/messages'
import { type Sheet, tableSheet, writeWorkbook } from '@atermtrack/workbook-writer'
import { type BuildingSettings, buildContainersSheet, type WorkbookRequest } from '../report/build-workbooks.ts'
import { reportFileName } from '../report/file-name.ts'
import { prepareReport } from '../schedule/prepare-report.ts'
import type { Export } from './build-export.ts'

export interface SubscriberReportsDependencies extends BuildingSettings {
  readonly policy: AccessPolicy
  readonly findDirectory: FindDirectory
}

/** The bounds of one workbook: what goes beyond is left out, and the workbook says so. */
export interface SubscriberReportsLimits {
  readonly sheets: number
  /** On all sheets together. */
  readonly rows: number
}

export const subscriberReportsLimits: SubscriberReportsLimits = { sheets: 100, rows: 20_000 }

type Outcome = 'shown' | 'template' | 'empty' | 'noAccess' | 'leftOut'

interface Line {
  readonly subscribed: SubscribedReport
  readonly outcome: Outcome
  readonly rowCount: number
}

/**
 * One workbook with the present report of each subscription on a sheet: the containers as its owner would get them now, with the owner's rights,
 * language, columns, order and notes; in the usual form also where the owner gets them in a workbook of their own, which is a file of many sheets itself. The first sheet lists all of them, those without a sheet with the reason.
 */
export async function planSubscriberReports(
  tx: Db,
  { language, now }: WorkbookRequest['report'],
  dependencies: SubscriberReportsDependencies,
  limits = subscriberReportsLimits,
): Promise<Export> {
  const words = texts[language]
  const found = await subscriberReports.listSubscribed(tx, { limit: limits.sheets + 1 })
  const isCut = found.length > limits.sheets
  const lines: Line[] = []
  const sheets: Sheet[] = []
  let rows = 0
  for (const subscribed of found.slice(0, limits.sheets)) {
    const { outcome, sheet, rowCount } = await buildSheet(tx, subscribed, dependencies, limits.rows - rows)
    if (sheet) sheets.push({ ...sheet, name: `${subscribed.ownerName}, ${subscribed.name}` })
    rows += rowCount
    lines.push({ subscribed, outcome, rowCount })
  }
  const columns = [words.columns.owner, words.columns.subscription, words.columns.containers, words.columns.outcome]
  const overview = tableSheet(
    words.overview,
    columns.map((header, place) => ({ header, kind: place === 2 ? ('integer' as const) : ('text' as const) })),
    lines.map(({ subscribed, outcome, rowCount }) => [
      subscribed.ownerName,
      subscribed.name,
      rowCount,
      words.outcomes[outcome],
    ]),
  )
  const cut = [
    ...(isCut ? [words.cut(limits.sheets)] : []),
    ...(lines.some(({ outcome }) => outcome === 'leftOut') ? [words.tooLong(limits.rows)] : []),
  ]
  const content = writeWorkbook([overview, ...sheets])
  return {
    files: (async function* () {
      yield { pieces: [await content], rowCount: () => rows }
    })(),
    fileName: () => reportFileName(words.title, undefined, toWall(now, dependencies.scheduleZone)),
    caption: () => [`<b>${escapeWhole(words.caption(sheets.length, rows))}</b>`, ...cut.map(escapeWhole)].join('\n'),
    audience: 'admin',
  }
}

async function buildSheet(
  tx: Db,
  subscribed: SubscribedReport,
  dependencies: SubscriberReportsDependencies,
  room: number,
): Promise<{ readonly outcome: Outcome; readonly sheet?: Sheet; readonly rowCount: number }> {
  const begun = await subscriberReports.begin(tx, subscribed)
  if (!begun) return { outcome: 'empty', rowCount: 0 }
  try {
    const access = accessOf(begun.reader, dependencies.policy)
    if (access.kind !== 'allowed') return { outcome: 'noAccess', rowCount: 0 }
    const { scope } = access
    const prepared = await prepareReport(begun, { ...dependencies, db: tx, scope })
    if (prepared.kind !== 'ready') return { outcome: 'empty', rowCount: 0 }
    const { containers, isCut } = prepared
    if (containers.length > room) return { outcome: 'leftOut', rowCount: 0 }
    const report = { ...begun, language: languageOf(begun.language), containers: [...containers], isCut }
    const outcome = subscribed.hasTemplate ? 'template' : 'shown'
    return { outcome, ...(await buildContainersSheet(tx, { report, scope }, dependencies)) }
  } finally {
    await subscriberReports.forget(tx, begun)
  }
}
