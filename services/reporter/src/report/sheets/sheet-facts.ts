import { formatWall, toWall } from '@atermtrack/domain'
import { type Language, type ReportTexts, zoneMark } from '@atermtrack/messages'
import type { ReportData } from '../report-data.ts'
import type { TableZone } from './column-set.ts'

/** The statements of the report about itself, beside the containers. */
export interface ReportFacts {
  readonly name: string | undefined
  readonly language: Language
  /** Zone in which times of the railway are shown. */
  readonly zone: string
  /** Zone of the reader's schedule. */
  readonly plannedZone: string
  readonly plannedAt: Date
  /** A report of a schedule is planned, one by request is formed. */
  readonly isPlanned: boolean
  /** Whole sentences about lateness, staleness and the past. */
  readonly notes: readonly string[]
}

/** The zone of the railway's times at the time of the data. */
export function zoneOf({ asOf }: Pick<ReportData, 'asOf'>, { zone, plannedAt, language }: ReportFacts): TableZone {
  return { zone, label: zoneMark(zone, asOf ?? plannedAt, language), language }
}

/** The title and the lines below it: the time of the data stands here once, and nowhere else. */
export function topOf(data: ReportData, facts: ReportFacts, texts: ReportTexts) {
  const { plannedZone, plannedAt, isPlanned, notes, name, language } = facts
  const { rows, unseen, missing } = data
  const made = isPlanned ? texts.planned : texts.formed
  const planned = made(formatWall(toWall(plannedAt, plannedZone)), zoneMark(plannedZone, plannedAt, language))
  const age = ageOf(data, facts, texts)
  const stated = age === undefined ? '' : `${age}. `
  const counted = texts.counted(rows.length + unseen.length, missing.length)
  return { title: texts.heading(name), lines: [`${stated}${planned}. ${counted}`, ...notes] }
}

/** The time of the data; undefined where nothing is known. */
export function ageOf({ asOf }: ReportData, { zone, language }: ReportFacts, texts: ReportTexts): string | undefined {
  return asOf && texts.asOf(formatWall(toWall(asOf, zone)), zoneMark(zone, asOf, language))
}
