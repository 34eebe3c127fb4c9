import type { FileKind } from './corpus.ts'
import type { Mutant } from './create-mutant.ts'

/** How one mutant ended. */
export interface Outcome {
  readonly kind: FileKind
  /** `imported`, `refused`, `threw` and the like. */
  readonly ending: string
  readonly reason?: string | undefined
  /** Unknown when mutants wait for each other. */
  readonly ms?: number
}

/** A broken promise, and the mutants that may have broken it. */
export interface Finding {
  readonly what: string
  readonly suspects: readonly Mutant[]
}

export interface PhaseResult {
  readonly title: string
  readonly outcomes: readonly Outcome[]
  readonly findings: readonly Finding[]
  /** Lines for the end of the report. */
  readonly notes: readonly string[]
}
