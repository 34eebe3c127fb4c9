import type { ReportChoices, Snapshot } from '@atermtrack/data'
import { type DifferenceSettings, differencesOf, packState, readState, type ReportState } from '@atermtrack/domain'
import type { SilentSlot, WorkbookRequest } from './build-workbooks.ts'
import type { ReportData } from './report-data.ts'
import { toStates } from './report-states.ts'
import type { ReportChanges } from './sheets/changes-sheet.ts'

/**
 * Compares a report with the one before it to the same reader, and gives the base of the next comparison. The states of all containers live only here: together with the workbook they
 * would be in memory twice.
 */
export function compare(
  report: WorkbookRequest['report'],
  choices: ReportChoices | undefined,
  { rows }: ReportData,
  settings: DifferenceSettings,
): { readonly changes: ReportChanges | undefined; readonly snapshot: Snapshot | undefined } {
  if (report.subscriptionId === null) return { changes: undefined, snapshot: undefined }
  const states = toStates(rows)
  return {
    changes: changesOf(choices, states, settings),
    snapshot: report.kind === 'slot' && !report.stateAt ? snapshotOf(report, states) : undefined,
  }
}

function changesOf(
  choices: ReportChoices | undefined,
  states: readonly ReportState[],
  settings: DifferenceSettings,
): ReportChanges | undefined {
  if (!choices?.last) return undefined
  const before = choices.last.rows.flatMap((stored) => readState(stored) ?? [])
  return { since: choices.last.takenAt, differences: differencesOf(before, states, settings) }
}

/** Why a slot sends nothing; undefined where it does. */
export function silenceOf(
  choices: ReportChoices | undefined,
  { rows, unseen }: ReportData,
  changes: ReportChanges | undefined,
): SilentSlot['reason'] | undefined {
  if (choices?.reportsEmpty === false && rows.length + unseen.length === 0) return 'empty'
  return choices?.onlyChanges && changes?.differences.length === 0 ? 'unchanged' : undefined
}

function snapshotOf(
  { id, subscriptionId, chatId, threadId }: WorkbookRequest['report'],
  states: readonly ReportState[],
): Snapshot | undefined {
  if (subscriptionId === null) return undefined
  return { subscriptionId, chatId, threadId, reportId: id, rows: states.map(packState) }
}
