import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import type { ReportTexts } from '@atermtrack/messages'
import type { ReportData } from '../report-data.ts'
import type { TableZone } from './column-set.ts'

/** The statements of the report about itself, beside the containers. */
export interface ReportFacts {
  readonly name: string | undefined
  /** Zone in which times of the railway are shown. */
  readonly zone: string
  /** Zone of the reader's schedule. */
  readonly plannedZone: string
  readonly plannedAt: Date
  /** Whole sentences about lateness, staleness and the past. */
  readonly notes: readonly string[]
}

/** The zone of the railway's times at the time of the data. */
export function zoneOf({ asOf }: Pick<ReportData, 'asOf'>, { zone, plannedAt }: ReportFacts): TableZone {
  return { zone, label: zoneLabel(zone, asOf ?? plannedAt) }
}

/** The title and the lines below it: the time of the data stands here once, and nowhere else. */
export function topOf(data: ReportData, facts: ReportFacts, texts: ReportTexts) {
  const { plannedZone, plannedAt, notes, name } = facts
  const { rows, unseen, missing } = data
  const planned = texts.planned(formatWall(toWall(plannedAt, plannedZone)), zoneLabel(plannedZone, plannedAt))
  const age = ageOf(data, facts, texts)
  const stated = age === undefined ? '' : `${age}. `
  const counted = texts.counted(rows.length + unseen.length, missing.length)
  return { title: texts.heading(name), lines: [`${stated}${planned}. ${counted}`, ...notes] }
}

/** The time of the data; undefined where nothing is known. */
export function ageOf({ asOf }: ReportData, { zone }: ReportFacts, texts: ReportTexts): string | undefined {
  return asOf && texts.asOf(formatWall(toWall(asOf, zone)), zoneLabel(zone, asOf))
}
