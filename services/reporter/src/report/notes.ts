import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { type ReportTexts, reportTexts } from '@atermtrack/messages'
import type { TemplateFailure } from '../template/fill-template.ts'
import type { WorkbookRequest, WorkbookSettings } from './build-workbooks.ts'

const minuteMs = 60_000

/** Warnings before the reader trusts the report: it is late, or no new data has arrived for hours. */
export function warnings(
  report: {
    readonly late: boolean
    readonly plannedAt: Date
    readonly plannedZone: string
    /** When a source last arrived; undefined when there is nothing that could be stale. */
    readonly confirmedAt: Date | undefined
    readonly staleAfterMinutes: number
    readonly now: Date
  },
  texts: ReportTexts,
): readonly string[] {
  const { late, plannedAt, plannedZone, confirmedAt, staleAfterMinutes, now } = report
  const silentMinutes = confirmedAt === undefined ? 0 : Math.floor((now.getTime() - confirmedAt.getTime()) / minuteMs)
  return [
    ...(late ? [texts.late(plannedMoment(plannedAt, plannedZone, now))] : []),
    ...(silentMinutes >= staleAfterMinutes ? [texts.stale(silentMinutes)] : []),
  ]
}

/** The time alone for a moment of today, with the date for another day. */
function plannedMoment(plannedAt: Date, zone: string, now: Date): string {
  const planned = toWall(plannedAt, zone)
  const isToday = planned.slice(0, 10) === toWall(now, zone).slice(0, 10)
  return `${isToday ? planned.slice(11, 16) : formatWall(planned)} (${zoneLabel(zone, plannedAt)})`
}

/** A report of the past cannot be stale, and says which moment it shows. */
export function notesOf(
  { late, plannedAt, now, language, stateAt, isCut, containers }: WorkbookRequest['report'],
  where: {
    readonly confirmedAt: Date | undefined
    readonly plannedZone: string
    readonly settings: WorkbookSettings
    readonly templateFailure: TemplateFailure | undefined
  },
): readonly string[] {
  const { confirmedAt, plannedZone, settings, templateFailure } = where
  const texts = reportTexts[language]
  const { staleAfterMinutes } = settings
  return [
    ...(stateAt
      ? [texts.state(formatWall(toWall(stateAt, plannedZone)), zoneLabel(plannedZone, stateAt))]
      : warnings({ late, plannedAt, plannedZone, confirmedAt, staleAfterMinutes, now }, texts)),
    ...(isCut ? [texts.cut(containers.length)] : []),
    ...(templateFailure ? [texts.templateFailed] : []),
  ]
}
