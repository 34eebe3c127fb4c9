import { companies, type Db, type Scope, workbooks } from '@atermtrack/data'
import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import {
  aboutRegister,
  dayText,
  escapeWhole,
  type Language,
  lateRegisterTexts as texts,
  type Notice,
  notice,
  reportTexts,
} from '@atermtrack/messages'
import { writeWorkbook } from '@atermtrack/workbook-writer'
import type { BuiltWorkbook, WorkbookRequest } from '../report/build-workbooks.ts'
import { reportFileName } from '../report/file-name.ts'
import { findProofs } from './find-proofs.ts'
import { type FoundRegister, findRegister } from './find-register.ts'
import { registerTables } from './register-tables.ts'

export interface LateRegisterDependencies {
  readonly db: Db
  /** Of the reader at this moment. */
  readonly scope: Scope
  readonly sourceZone: string
  readonly scheduleZone: string
  /** The period for claims, from the arrival. */
  readonly claimDays: number
}

/** A register that is ready to leave, or the notice that nothing was late. */
export type BuiltRegister =
  | BuiltWorkbook
  | {
      readonly kind: 'refused'
      readonly reason: 'nothing_late'
      readonly status: 'skipped'
      readonly notice: Notice
    }

/** Writes the register of late deliveries of a month, a train or a company as a workbook. */
export async function buildLateRegister(
  dependencies: LateRegisterDependencies,
  report: WorkbookRequest['report'],
): Promise<BuiltRegister> {
  const { db, sourceZone: zone, scheduleZone, claimDays } = dependencies
  const { language, localDate: month, trainCode, now } = report
  const { scope, company } = await narrow(dependencies, report)
  const found = await findRegister(db, { month, trainCode }, { scope, zone, claimDays })
  const subject = { month, trainCode, company }
  if (found.late.length + found.overdue.length === 0) {
    return {
      kind: 'refused',
      reason: 'nothing_late',
      status: 'skipped',
      notice: notice('late_register_empty', subject),
    }
  }
  const words = texts[language]
  const about = aboutRegister(subject, language)
  const freshness = await workbooks.findFreshness(db)
  const asOf = freshness && (freshness.confirmedAt ?? freshness.stamp)
  const lines = captionLines(found, { language, zone })
  const asOfLines = asOf ? [reportTexts[language].asOf(formatWall(toWall(asOf, zone)), zoneLabel(zone, asOf))] : []
  const proofs = await findProofs(db, found.late)
  const heading = words.heading(about)
  const plain = [heading, ...asOfLines, ...lines].join('\n')
  return {
    kind: 'built',
    snapshot: undefined,
    html: [`<b>${escapeWhole(heading)}</b>`, ...asOfLines.map(escapeWhole), ...lines.map(escapeWhole)].join('\n'),
    letter: {
      subject: heading,
      text: `${plain}\n\n${words.attached}`,
      html: undefined,
    },
    file: {
      fileName: reportFileName(words.title, about, toWall(now, scheduleZone)),
      content: await writeWorkbook(registerTables({ ...found, proofs, zone, now }, words)),
      rowCount: found.late.length + found.overdue.length,
      missing: [],
      asOf,
    },
  }
}

/** A reader who sees everything may ask about one company; everybody else gets what they see. */
async function narrow(
  { db, scope }: LateRegisterDependencies,
  { companyId }: WorkbookRequest['report'],
): Promise<{ readonly scope: Scope; readonly company: string | undefined }> {
  if (companyId === undefined || scope.kind !== 'all') return { scope, company: undefined }
  const company = await companies.find(db, companyId)
  return { scope: company ? { kind: 'company', companyId } : { kind: 'nothing' }, company: company?.name }
}

function captionLines(
  { late, overdue, isCut }: FoundRegister,
  { language, zone }: { readonly language: Language; readonly zone: string },
): readonly string[] {
  const words = texts[language]
  const containers = late.reduce((sum, { trips }) => sum + trips.length, 0)
  const days = late.reduce((sum, row) => sum + row.days, 0)
  const ends = late.flatMap(({ claimUntil }) => (claimUntil ? [claimUntil.getTime()] : []))
  const first = ends.length === 0 ? undefined : new Date(Math.min(...ends))
  return [
    words.found(late.length, containers, days),
    ...(first ? [words.firstClaim(dayText(toWall(first, zone), language))] : []),
    ...(overdue.length > 0 ? [words.overdue(overdue.length)] : []),
    ...(isCut ? [words.cut(20_000)] : []),
    words.counted,
  ]
}
