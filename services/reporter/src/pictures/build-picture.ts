import {
  type Db,
  type FindDirectory,
  pictures as askedPictures,
  positions,
  resolveSubject,
  type Scope,
  stockByDay,
  trains,
  tripWay,
  usualPaces,
} from '@atermtrack/data'
import { type Access, actorOf, may, type PictureKind, toWall } from '@atermtrack/domain'
import { escapeHtml, notice, type Notice, picturesTexts as texts } from '@atermtrack/messages'
import type { Pictures } from '@atermtrack/pictures'
import type { BuiltWorkbook, WorkbookRequest } from '../report/build-workbooks.ts'
import { pictureFileName } from '../report/file-name.ts'
import { readKnown } from '../report/read-known.ts'
import { type ReportData, toReportData } from '../report/report-data.ts'
import { arrivalsPicture } from './arrivals-picture.ts'
import { mapPicture } from './map-picture.ts'
import { pacePicture } from './pace-picture.ts'
import type { Picture, Viewer } from './picture.ts'
import { routePicture } from './route-picture.ts'
import { stockDays, stockPicture } from './stock-picture.ts'
import { leadOf, presentOf, trainPicture } from './train-picture.ts'

export interface PictureDependencies {
  readonly db: Db
  /** Of the reader at this moment: whatever is drawn is read within it. */
  readonly scope: Scope
  readonly pictures: Pictures
  readonly scheduleZone: string
  readonly sourceZone: string
  readonly standingAfterMinutes: number
  readonly findDirectory: FindDirectory
}

/** A picture that is ready to leave, or the notice that there is nothing to draw. */
export type BuiltPicture =
  | BuiltWorkbook
  | {
      readonly kind: 'refused'
      readonly reason: 'nothing_to_draw'
      readonly status: 'skipped'
      readonly notice: Notice
    }

type Waiting = WorkbookRequest['report']

/** The containers of a company are for those who manage companies; anything else is limited by the scope of the reader alone. */
export function mayDraw({ kind, companyId, group }: Waiting, access: Access): boolean {
  if (kind !== 'picture' || companyId === undefined) return true
  return may(actorOf(access, group ? 'group' : 'private'), 'manage_companies')
}

/** Draws the picture that a report asks for, from what its reader may see at this moment. Throws for a kind that this release does not know. */
export async function buildPicture(
  dependencies: PictureDependencies,
  report: Waiting,
  signal: AbortSignal,
): Promise<BuiltPicture> {
  const { db, pictures, scheduleZone } = dependencies
  const { id, language, name } = report
  const asked = await askedPictures.find(db, id)
  if (!asked) throw new Error(`picture ${id} is of a kind that is not known here`)
  const viewer: Viewer = { language, zone: asked.zone ?? scheduleZone }
  const picture = await composers[asked.picture](dependencies, report, viewer)
  if (!picture) {
    const empty = notice('picture_empty', { name: name ?? report.trainCode ?? report.containers[0] })
    return { kind: 'refused', reason: 'nothing_to_draw', status: 'skipped', notice: empty }
  }
  return {
    kind: 'built',
    snapshot: undefined,
    letter: undefined,
    html: captionOf(picture),
    file: {
      fileName: pictureFileName(texts[language].fileTitles[asked.picture], toWall(report.now, viewer.zone)),
      content: await pictures.draw(picture.chart, signal),
      rowCount: picture.rowCount,
      missing: [],
      asOf: picture.asOf,
    },
  }
}

/** What Telegram takes below a picture, and what a line of it may take. */
const longestCaption = 1_024
const longestLine = 200

function captionOf({ chart, lines }: Picture): string {
  const title = `<b>${escapeHtml(chart.title)}</b>`
  const shown: string[] = [title]
  for (const line of lines.map((one) => escapeHtml(one, longestLine))) {
    if ([...shown, line].join('\n').length <= longestCaption) shown.push(line)
  }
  return shown.join('\n')
}

type Compose = (dependencies: PictureDependencies, report: Waiting, viewer: Viewer) => Promise<Picture | undefined>

const composers: Readonly<Record<PictureKind, Compose>> = {
  route: async (dependencies, report, viewer) => {
    const trip = await readTrip(dependencies, report)
    const { standingAfterMinutes } = dependencies
    return trip && routePicture(trip.position, trip.operations, { viewer, standingAfterMinutes })
  },
  pace: async (dependencies, report, viewer) => {
    const trip = await readTrip(dependencies, report)
    if (!trip) return undefined
    const { db, standingAfterMinutes } = dependencies
    const paces = await usualPaces.find(db, trip.position.container)
    return pacePicture(trip.position, trip.operations, paces, { viewer, standingAfterMinutes })
  },
  train_route: async (dependencies, report, viewer) => {
    const { db, scope, sourceZone } = dependencies
    const { known } = await trains.find(db, report.trainCode === undefined ? [] : [report.trainCode], scope)
    const [train] = known
    if (!train) return undefined
    const containers = train.rows.map(({ container }) => container)
    const data = await readData(dependencies, { ...report, containers }, train)
    const lead = leadOf(presentOf(data))
    const operations = lead ? await tripWay.list(db, lead.position.container, scope) : []
    return trainPicture({ train, data, operations }, { viewer, sourceZone })
  },
  map: async (dependencies, report, viewer) => {
    const data = await readList(dependencies, report, viewer)
    return mapPicture(data, { name: report.name, viewer })
  },
  arrivals: async (dependencies, report, viewer) => {
    const data = await readList(dependencies, report, viewer)
    return arrivalsPicture(data, { name: report.name, now: report.now, viewer })
  },
  stock: async ({ db, scope }, { name }, viewer) => {
    const found = await stockByDay.list(db, name ?? null, { scope, days: stockDays, zone: viewer.zone })
    return stockPicture(found, { terminal: name, viewer })
  },
}

/** The position of the container of a report and the operations of its trip; undefined where the reader sees none. */
async function readTrip({ db, scope }: PictureDependencies, { containers: [container] }: Waiting) {
  const position = container === undefined ? undefined : await positions.findCard(db, container, scope)
  return position && { position, operations: await tripWay.list(db, position.container, scope) }
}

/** The list of the report, or what the company sees that it is about. */
async function readList(dependencies: PictureDependencies, report: Waiting, { zone }: Viewer): Promise<ReportData> {
  const { db, scope } = dependencies
  if (report.companyId === undefined) return readData(dependencies, report)
  const company = {
    id: 0,
    subject: 'company' as const,
    subjectText: null,
    companyId: report.companyId,
    zone,
    leavesAfterDays: null,
  }
  const { containers } = await resolveSubject(db, company, scope, { ...dependencies, now: report.now })
  return readData(dependencies, { ...report, containers: [...containers] })
}

async function readData(
  { db, scope, standingAfterMinutes, sourceZone }: PictureDependencies,
  report: Waiting,
  train?: Awaited<ReturnType<typeof trains.find>>['known'][number],
): Promise<ReportData> {
  const request = { report, scope }
  const known = (await readKnown(db, [request]))(request)
  const { containers } = report
  return toReportData(containers, known.positions(containers), {
    standingAfterMinutes,
    sourceZone,
    train,
    links: known.links,
  })
}
