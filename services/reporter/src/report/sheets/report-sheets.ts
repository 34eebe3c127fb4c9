import type { MovementView } from '@atermtrack/data'
import type { ReportTexts } from '@atermtrack/messages'
import type { Sheet, SheetPicture } from '@atermtrack/workbook-writer'
import type { ReportData } from '../report-data.ts'
import { attentionSheet } from './attention-sheet.ts'
import { changesSheet, type ReportChanges } from './changes-sheet.ts'
import { containersSheet, type ContainersOptions } from './containers-sheet.ts'
import { historySheet } from './history-sheet.ts'
import { ageOf, type ReportFacts, zoneOf } from './sheet-facts.ts'
import { summarySheet } from './summary-sheet.ts'

/** The parts of a report beside its containers. */
export interface SheetOptions extends ContainersOptions {
  /** A report of a subscription begins with what needs somebody; an answer with what was asked for. */
  readonly isDaily: boolean
  /** One that is passed on to somebody outside holds the containers alone. */
  readonly isForClient?: boolean
  /** Undefined for a first report, and for an answer. */
  readonly changes: ReportChanges | undefined
  readonly movements: readonly MovementView[]
  /** Where the containers are, on the sheet of counts. */
  readonly picture?: SheetPicture | undefined
}

/** The sheets of a report, in their order. */
export function toSheets(
  data: ReportData,
  facts: ReportFacts,
  options: SheetOptions,
  texts: ReportTexts,
): readonly Sheet[] {
  const { isDaily, isForClient = false, changes, movements, picture } = options
  if (isForClient) return [clientSheet(data, facts, options, texts)]
  const attention = attentionSheet(data, facts, texts)
  const all = containersSheet(data, facts, options, texts)
  const summary = { ...summarySheet(data, facts, texts), picture }
  if (isDaily) return [attention, changesSheet(data, changes, facts, texts), all, summary]
  const history = movements.length > 0 ? [historySheet(movements, zoneOf(data, facts), texts)] : []
  return [all, ...(attention.rowCount > 0 ? [attention] : []), summary, ...history]
}

/** The containers with the time of the data; what we have looked for and planned is nobody else's business. */
function clientSheet(data: ReportData, facts: ReportFacts, options: SheetOptions, texts: ReportTexts): Sheet {
  const lines = [ageOf(data, facts, texts), ...facts.notes].filter((line) => line !== undefined)
  return { ...containersSheet(data, facts, options, texts), lines, legend: [] }
}
