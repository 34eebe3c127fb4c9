import { type ContainerLinks, currentLinks, type Db, storedFiles, subscriptionTemplates } from '@atermtrack/data'
import type { ProcessPool } from '@atermtrack/workbook-reader'
import type { ReadingSettings } from '@atermtrack/workbook-reader/settings'
import { fillInProcess, findTablesInProcess } from '../annotate/annotate-in-process.ts'
import { ownSets, type PlanOptions } from '../annotate/plan/make-plan.ts'
import type { ReportData } from '../report/report-data.ts'
import type { ReportPosition } from '../report/report-position.ts'
import { planTemplate, type TemplateFacts } from './template-plan.ts'

/** The workbook of a report made of a person's own one, or why that cannot be. */
export type Filled = { readonly kind: 'filled'; readonly content: Buffer } | TemplateFailure

export interface TemplateFailure {
  readonly kind: 'failed'
  readonly reason: string
  /** Of the template. */
  readonly sha256: Buffer
}

/** Fills the template of one subscription with the data of its report. */
export type FillTemplate = (facts: TemplateFacts, options: PlanOptions) => Promise<Filled>

export interface FillDependencies {
  readonly db: Db
  /** The limits for reading the file. */
  readonly reading: ReadingSettings
  readonly readers: ProcessPool
}

interface Asking {
  readonly subscriptionId: number | null
  /** How many processes have died while the report was built. */
  readonly attempts: number
}

/**
 * Finds the template of the subscription of a report. It is read and written in processes of its own, as files that people send are. A fault
 * of the file is a result, anything else throws.
 */
export async function findTemplate(
  { db, readers, reading: settings }: FillDependencies,
  { subscriptionId, attempts }: Asking,
  signal: AbortSignal,
): Promise<FillTemplate | undefined> {
  const file = subscriptionId === null ? undefined : await subscriptionTemplates.findFile(db, subscriptionId)
  if (!file) return undefined
  const failed = (reason: string): TemplateFailure => ({ kind: 'failed', reason, sha256: file.sha256 })
  return async (facts, options) => {
    // The file may be what has killed them.
    if (attempts > 0) return failed('reader_died')
    const bytes = await storedFiles.readWhole(db, file)
    const found = await findTablesInProcess(bytes, ownSets(options), { readers, settings, signal })
    if (found.kind !== 'found') return failed('reason' in found ? found.reason : found.kind)
    const plan = planTemplate(found.sheets, facts, options)
    const written = await fillInProcess(bytes, plan, { readers, settings, signal })
    return written.kind === 'written'
      ? { kind: 'filled', content: storedFiles.toBuffer(written.content) }
      : failed(written.reason)
  }
}

export interface FactsOptions {
  readonly standingAfterMinutes: number
  /** Zone of a terminal's own times where its report names none. */
  readonly sourceZone: string
}

/** The data of a report as a template takes them: those with a row first, then those that are not known. */
export function toTemplateFacts(
  { rows, unseen, missing }: ReportData,
  {
    positions,
    links,
  }: { readonly positions: readonly ReportPosition[]; readonly links: ReadonlyMap<string, ContainerLinks> },
  options: FactsOptions,
): TemplateFacts {
  const containers = [...rows.map(({ position }) => position.container), ...unseen, ...missing]
  const known = new Map(positions.map((position) => [position.container, position]))
  const tied = containers.flatMap((container) => {
    const found = links.get(container)
    return found ? [[container, currentLinks(found, known.get(container), options)] as const] : []
  })
  return {
    containers,
    known: { rows: new Map(rows.map((row) => [row.position.container, row])), links: new Map(tied) },
  }
}
