import { makePlan, type PlanOptions } from '../annotate/plan/make-plan.ts'
import type { AnnotationPlan, NumberSheet, SheetPlan } from '../annotate/plan/plan.ts'
import type { KnownContainers } from '../annotate/known-containers.ts'

export interface TemplateFacts {
  /** The containers of the report, in the order in which they are appended. */
  readonly containers: readonly string[]
  /** As much as its reader may know of them. */
  readonly known: Pick<KnownContainers, 'rows' | 'links'>
}

/**
 * What is written into a person's own workbook: the rows of the containers of the report get statuses, and those that no sheet has are
 * appended to the first sheet with numbers, else to the first table that is still empty. Every other row stays as it is.
 */
export function planTemplate(
  sheets: readonly NumberSheet[],
  { containers, known }: TemplateFacts,
  options: PlanOptions,
): AnnotationPlan {
  const listed = new Set(containers)
  const there = new Set(sheets.flatMap(({ cells }) => cells.map(({ text }) => text)))
  const lacking = [...listed].filter((container) => !there.has(container))
  const target = sheets.find(({ cells }) => cells.length > 0) ?? sheets[0]
  const narrowed = sheets.map((sheet) => ({ ...sheet, cells: sheet.cells.filter(({ text }) => listed.has(text)) }))
  const {
    notes,
    columns,
    sheets: plans,
  } = makePlan([...narrowed, asSheet(lacking)], { ...known, suggestions: new Map() }, options)
  const rows = (plans.at(-1)?.rows ?? []).flatMap(([place, index]) => {
    const [text, note] = [lacking[place], notes[index]]
    return text !== undefined && note ? [{ text, note }] : []
  })
  const filled = plans.slice(0, -1).flatMap((plan, place): SheetPlan[] => {
    const isTarget = sheets[place] === target && rows.length > 0
    if (!isTarget) return plan.rows.length > 0 ? [plan] : []
    return [{ ...plan, appended: { modelRow: modelRowOf(sheets[place]), rows } }]
  })
  return { notes, columns, sheets: filled }
}

/** A sheet of containers alone, with the place of each as its row. */
function asSheet(containers: readonly string[]): NumberSheet {
  const cells = containers.map((text, rowNumber) => ({ rowNumber, text, isMistyped: false }))
  return { index: -1, name: '', column: 0, headerRow: undefined, own: undefined, cells }
}

/** The last row with a number, else the one below the headings, which may be formatted already. */
function modelRowOf(sheet: NumberSheet | undefined): number {
  return sheet?.cells.at(-1)?.rowNumber ?? (sheet?.headerRow ?? 0) + 1
}
