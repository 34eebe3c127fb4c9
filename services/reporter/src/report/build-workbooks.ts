import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  containerHistory,
  type Db,
  type MovementView,
  reportChoices,
  type ReportChoices,
  type reports,
  type Snapshot,
  trains,
  type WaitingReport,
  workbooks,
} from '@atermtrack/data'
import { columnsOf, type Scope, scopeKey, toWall } from '@atermtrack/domain'
import { type Language, reportTexts } from '@atermtrack/messages'
import type { Pictures } from '@atermtrack/pictures'
import { type Sheet, writeWorkbook } from '@atermtrack/workbook-writer'
import { type FillTemplate, type TemplateFailure, toTemplateFacts } from '../template/fill-template.ts'
import { drawListPicture } from '../pictures/list-picture.ts'
import { composeCaption } from './caption.ts'
import { compare, silenceOf } from './comparison.ts'
import { clientColumns, forClient } from './for-client.ts'
import { reportFileName } from './file-name.ts'
import { composeMail } from './compose-mail.ts'
import type { Letter } from './letter.ts'
import { notesOf } from './notes.ts'
import { type Known, readKnown } from './read-known.ts'
import { countKnown, type Marks, type ReportData, toReportData } from './report-data.ts'
import { containersSheet } from './sheets/containers-sheet.ts'
import { toSheets } from './sheets/report-sheets.ts'
import type { ReportFacts } from './sheets/sheet-facts.ts'

/** The answer to a question about a few containers shows their history too. */
const mostWithHistory = 10
const mostMovements = 20_000

export interface WorkbookSettings {
  /** Zone in which the railway's times are shown. */
  readonly sourceZone: string
  /** Zone of reports that belong to no subscription. */
  readonly scheduleZone: string
  readonly staleAfterMinutes: number
  readonly standingAfterMinutes: number
  /** A forecast of arrival has moved when it differs by so many hours. */
  readonly forecastMovedHours: number
  /** Whether a mail server is configured. */
  readonly emailIsOn: boolean
  /** The addresses that get a copy of every report of a slot by e-mail. */
  readonly emailCopies: readonly string[]
}

/** The settings and the drawer that a report is built with. */
export type BuildingSettings = WorkbookSettings & { readonly pictures: Pictures }

/** A report to be built for the scope that its reader has at this moment. */
export interface WorkbookRequest {
  readonly report: Omit<WaitingReport, 'language'> & {
    readonly language: Language
    /** Its subject holds more containers than a report. */
    readonly isCut?: boolean
  }
  readonly scope: Scope
  /** Fills the person's own workbook, where the subscription has one. Its report is built alone. */
  readonly fill?: FillTemplate | undefined
}

export interface BuiltWorkbook {
  readonly kind: 'built'
  readonly file: Omit<reports.BuiltReport, 'builtFor'>
  /** Telegram HTML. */
  readonly html: string
  /** Undefined for a report that goes to Telegram alone. */
  readonly letter: Letter | undefined
  /** A picture inside the letter, as PNG; undefined where there is none. */
  readonly mailPicture?: Buffer | undefined
  /** The base of the next comparison; undefined for a report of no slot. */
  readonly snapshot: Snapshot | undefined
  /** Why the person's own workbook could not be filled, and the file is the usual one. */
  readonly templateFailure?: TemplateFailure | undefined
}

/** A slot whose reader wants nothing in this case. */
export interface SilentSlot {
  readonly kind: 'silent'
  readonly reason: 'unchanged' | 'empty'
}

/**
 * Builds the workbooks of reports, in a few statements for all of them. Reports that say the same to readers with equal rights are
 * written once. A result is an error where one report alone cannot be built.
 */
export async function buildWorkbooks(
  db: Db,
  requests: readonly WorkbookRequest[],
  settings: BuildingSettings,
): Promise<ReadonlyMap<number, BuiltWorkbook | SilentSlot | Error>> {
  const choices = await reportChoices.find(
    db,
    requests.flatMap(({ report }) => (report.subscriptionId === null ? [] : [report.id])),
  )
  const known = await readKnown(db, requests)
  // The key of a long list alone would take megabytes, and nothing could be equal to it.
  const written = requests.length > 1 ? new Map<string, BuiltWorkbook | SilentSlot>() : undefined
  const place: Place = { db, settings, written, freshness: undefined }
  const results = new Map<number, BuiltWorkbook | SilentSlot | Error>()
  for (const request of requests) {
    const { id } = request.report
    try {
      results.set(id, await buildOne(place, request, { choices: choices.get(id), known: known(request) }))
    } catch (error) {
      results.set(id, error instanceof Error ? error : new Error(String(error)))
    }
    // A batch beside this one reads and stores meanwhile: otherwise both would wait for the database in turn.
    await nextTurn()
  }
  return results
}

interface Place {
  readonly db: Db
  readonly settings: BuildingSettings
  /** The results of this batch, by all that it depends on; undefined where there is one report. */
  readonly written: Map<string, BuiltWorkbook | SilentSlot> | undefined
  freshness: Promise<Awaited<ReturnType<typeof workbooks.findFreshness>>> | undefined
}

interface Background {
  readonly choices: ReportChoices | undefined
  readonly known: Known
}

async function buildOne(
  place: Place,
  request: WorkbookRequest,
  background: Background,
): Promise<BuiltWorkbook | SilentSlot> {
  const { id, subscriptionId, chatId, threadId, kind } = request.report
  // Only slots come many at a time; anything else is built alone.
  const key = kind === 'slot' && place.written ? keyOf(request, background) : undefined
  const known = key === undefined ? undefined : place.written?.get(key)
  const result = known ?? (await compose(place, request, background))
  if (key !== undefined) place.written?.set(key, result)
  if (result.kind === 'silent' || !result.snapshot || subscriptionId === null) return result
  return { ...result, snapshot: { ...result.snapshot, subscriptionId, chatId, threadId, reportId: id } }
}

/** Everything that a workbook depends on beside the data, which are the same for a batch. */
function keyOf({ report, scope }: WorkbookRequest, { choices }: Background): string {
  const { name, containers, language, plannedAt, zone, late, emailAddressIds, targetId, group } = report
  const reader = [language, zone, emailAddressIds.length > 0, targetId !== undefined, plannedAt, late]
  return JSON.stringify([scopeKey(scope), reader, group !== undefined, name, containers, choices])
}

/** The data of a report, and what they are arranged by. */
async function readData(place: Place, { report, scope }: WorkbookRequest, { choices, known }: Background) {
  const { db, settings } = place
  const { sourceZone, standingAfterMinutes } = settings
  const { containers, trainCode } = report
  const { known: foundTrains } = await trains.find(db, trainCode === undefined ? [] : [trainCode], scope)
  const isDaily = report.subscriptionId !== null
  const order = choices?.rowOrder ?? (isDaily ? ('own' as const) : ('destination' as const))
  const read = toReportData(containers, known.positions(containers), {
    standingAfterMinutes,
    sourceZone,
    train: foundTrains[0],
    links: known.links,
    marks: marksOf(report, known),
    items: new Map(choices?.items.map((item) => [item.container, item])),
    order,
  })
  const { data: whole, confirmedAt } = await withFreshness(place, read)
  return { data: report.isForClient ? forClient(whole, known.links) : whole, confirmedAt, isDaily, order }
}

/** The sheet of all containers of a report as its reader would get it, for a workbook of many reports. */
export async function buildContainersSheet(
  db: Db,
  request: WorkbookRequest,
  settings: BuildingSettings,
): Promise<{ readonly sheet: Sheet; readonly rowCount: number }> {
  const { id, language, zone: plannedZone = settings.scheduleZone } = request.report
  const choices = (await reportChoices.find(db, [id])).get(id)
  const known = (await readKnown(db, [request]))(request)
  const place = { db, settings, written: undefined, freshness: undefined }
  const { data, confirmedAt, order } = await readData(place, request, { choices, known })
  const notes = notesOf(request.report, { confirmedAt, plannedZone, settings, templateFailure: undefined })
  const facts = factsOfReport(request.report, { sourceZone: settings.sourceZone, plannedZone, notes })
  const sheet = containersSheet(
    data,
    { ...facts, isPlanned: false },
    { order, columns: columnsOf(choices?.columns) },
    reportTexts[language],
  )
  return { sheet, rowCount: countKnown(data) }
}

async function compose(
  place: Place,
  request: WorkbookRequest,
  background: Background,
): Promise<BuiltWorkbook | SilentSlot> {
  const { report, scope } = request
  const { choices, known } = background
  const { db, settings } = place
  const { sourceZone, scheduleZone } = settings
  const { name, language, plannedAt, kind, zone: plannedZone = scheduleZone } = report
  const texts = reportTexts[language]
  const { data, confirmedAt, isDaily, order } = await readData(place, request, background)
  const { changes, snapshot } = compare(report, choices, data, settings)
  const silence = kind === 'slot' ? silenceOf(choices, data, changes) : undefined
  if (silence) return { kind: 'silent', reason: silence }
  const { templateFailure, write } = await fillOwn(request, { data, known, settings })
  const notes = notesOf(report, { confirmedAt, plannedZone, settings, templateFailure })
  const movements = await listMovements(db, report, scope)
  const facts = factsOfReport(report, { sourceZone, plannedZone, notes })
  const { isForClient } = report
  const columns = isForClient ? clientColumns : columnsOf(choices?.columns)
  const viewer = { language, zone: plannedZone }
  const picture = showsPicture(request, choices) ? await drawListPicture(settings.pictures, data, viewer) : undefined
  const sheets = toSheets(data, facts, { isDaily, order, columns, isForClient, changes, movements, picture }, texts)
  const caption = composeCaption(data, { name, zone: sourceZone, notes, changes }, texts)
  const planned = toWall(plannedAt, plannedZone)
  return {
    kind: 'built',
    html: caption.html,
    ...(await composeMail(request, data, { caption, planned, settings })),
    file: {
      fileName: reportFileName(texts.title, name, planned),
      content: await write(sheets),
      rowCount: countKnown(data),
      missing: data.missing,
      asOf: data.asOf,
    },
    snapshot,
    templateFailure,
  }
}

/** Drawing takes several times as long as a workbook: a subscription holds a picture by its choice, and an answer to a question always. */
function showsPicture({ report, fill }: WorkbookRequest, choices: ReportChoices | undefined): boolean {
  const { subscriptionId, containers, isForClient } = report
  if (fill || isForClient) return false
  return subscriptionId === null ? containers.length > 1 : choices?.showsPicture === true
}

/** How the workbook is written: the person's own one with the data of the report, where there is one that can be filled. */
async function fillOwn(
  { report, fill }: WorkbookRequest,
  { data, known, settings }: { readonly data: ReportData; readonly known: Known; readonly settings: WorkbookSettings },
): Promise<{ readonly write: typeof writeWorkbook; readonly templateFailure: TemplateFailure | undefined }> {
  if (!fill) return { write: writeWorkbook, templateFailure: undefined }
  const { language, now, containers } = report
  const facts = toTemplateFacts(data, { positions: known.positions(containers), links: known.links }, settings)
  const filled = await fill(facts, { language, zone: settings.sourceZone, now })
  if (filled.kind === 'failed') return { write: writeWorkbook, templateFailure: filled }
  return { write: async () => filled.content, templateFailure: undefined }
}

function marksOf({ subscriptionId, now, group }: WorkbookRequest['report'], { marks }: Known): Marks | undefined {
  return subscriptionId === null ? undefined : { found: marks, now, showsNames: group === undefined }
}

/** Where nothing is known of the containers, the age of the newest report says how fresh that is. */
async function withFreshness(place: Place, data: ReportData) {
  if (data.confirmedAt) return { data, confirmedAt: data.confirmedAt }
  place.freshness ??= workbooks.findFreshness(place.db)
  const freshness = await place.freshness
  return {
    data: { ...data, asOf: data.asOf ?? freshness?.stamp },
    confirmedAt: freshness?.confirmedAt ?? freshness?.stamp,
  }
}

function factsOfReport(
  { name, language, plannedAt, kind }: WorkbookRequest['report'],
  where: { readonly sourceZone: string; readonly plannedZone: string; readonly notes: readonly string[] },
): ReportFacts {
  const { sourceZone: zone, plannedZone, notes } = where
  const isPlanned = kind === 'slot' || kind === 'rehearsal'
  return { name, language, zone, plannedZone, plannedAt, isPlanned, notes }
}

async function listMovements(
  db: Db,
  { kind, containers, isForClient }: WorkbookRequest['report'],
  scope: Scope,
): Promise<readonly MovementView[]> {
  if (kind !== 'lookup' || isForClient || containers.length > mostWithHistory) return []
  const { rows } = await containerHistory.list(db, { containers, scope }, { offset: 0, limit: mostMovements })
  return rows
}
