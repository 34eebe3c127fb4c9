import { normaliseLabel } from '../cells/header.ts'
import type { TerminalVisit } from './terminal-visit.ts'

/**
 * The condition of a container by a row of a terminal report; undefined where the row does not name it. Loaded and empty exclude each
 * other, while damage and customs may come to either of them.
 */
export interface VisitCondition {
  readonly isLoaded: boolean | undefined
  readonly isDamaged: boolean | undefined
  /** The customs have not released it. */
  readonly isAtCustoms: boolean | undefined
}

/** The names of the fields, under which a visit keeps them beside the cells of the report. */
export const conditionFields = [
  'isLoaded',
  'isDamaged',
  'isAtCustoms',
] as const satisfies readonly (keyof VisitCondition)[]

/** By the sheet that lists the container, else by its cells «Груз», «Состояние» and «Таможенный режим». */
export function conditionOf(row: Pick<TerminalVisit, 'sheet' | 'cargo' | 'condition' | 'customsMode'>): VisitCondition {
  return { isLoaded: loadedOf(row), isDamaged: damagedOf(row), isAtCustoms: customsOf(row) }
}

function loadedOf({ sheet, cargo }: Pick<TerminalVisit, 'sheet' | 'cargo'>): boolean | undefined {
  if (sheet === 'loaded' || sheet === 'empty') return sheet === 'loaded'
  if (cargo === undefined) return undefined
  // Any other text names what is in it.
  return !/^(?:порож|пуст|empty|без груза)/.test(normaliseLabel(cargo))
}

function damagedOf({ sheet, condition }: Pick<TerminalVisit, 'sheet' | 'condition'>): boolean | undefined {
  if (sheet === 'damaged') return true
  if (condition === undefined) return undefined
  const said = normaliseLabel(condition)
  return /поврежд|дефект|damage/.test(said) && !/^(?:без|нет|не|no|not|un)/.test(said)
}

/** A report with a sheet for each condition lists all containers at the customs on a sheet of theirs; the full dump has the mode alone. */
function customsOf({ sheet, customsMode }: Pick<TerminalVisit, 'sheet' | 'customsMode'>): boolean | undefined {
  if (sheet === 'customs') return true
  if (sheet === 'loaded' || sheet === 'empty' || sheet === 'damaged') return false
  if (sheet === 'arrival' || sheet === 'dispatch' || customsMode === undefined) return undefined
  return !/^(?:внутр|нет|domestic)/.test(normaliseLabel(customsMode))
}
