import type { NormState } from '@atermtrack/domain'
import type { Language } from '../catalogue.ts'
import { lookupTexts } from '../texts.ts'

/** `опаздывает на 2 сут`: how a trip keeps its delivery norm, or has kept it; undefined where no report names the norm. */
export function formatNormKept(norm: NormState, language: Language): string | undefined {
  const words = lookupTexts[language].norm
  if (norm.kind === 'unknown') return undefined
  if (norm.kind === 'open') return words.open
  if (norm.kind === 'in_time') return words.inTime
  if (norm.kind === 'at_risk') return words.atRisk(norm.days)
  return norm.isFinal ? words.arrivedLate(norm.days) : words.late(norm.days)
}
