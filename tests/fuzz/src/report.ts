import { countBy } from '@atermtrack/domain'
import type { FileKind } from './corpus.ts'
import type { Outcome, PhaseResult } from './outcome.ts'

/** One phase as lines for a terminal: a row for each kind of file, then the reasons, then the notes. */
export function formatPhase({ title, outcomes, notes }: PhaseResult): string {
  const endings = [...new Set(outcomes.map(({ ending }) => ending))].toSorted()
  const kinds = [...new Set(outcomes.map(({ kind }) => kind))].toSorted()
  const head = ['kind', 'inputs', ...endings, 'p50 ms', 'p95 ms', 'max ms']
  const rows = [...kinds.map((kind) => rowOf(kind, outcomes, endings)), rowOf(undefined, outcomes, endings)]
  const reasons = countReasons(outcomes)
  return [`\n${title}`, ...align([head, ...rows]), '', ...reasons, ...notes].join('\n')
}

function rowOf(
  kind: FileKind | undefined,
  outcomes: readonly Outcome[],
  endings: readonly string[],
): readonly string[] {
  const own = outcomes.filter((outcome) => kind === undefined || outcome.kind === kind)
  const counts = endings.map((ending) => String(own.filter((outcome) => outcome.ending === ending).length))
  const times = own.flatMap(({ ms }) => ms ?? []).toSorted((one, other) => one - other)
  return [kind ?? 'all', String(own.length), ...counts, ...[0.5, 0.95, 1].map((share) => percentile(times, share))]
}

/** The smallest of the sorted times that is not below `share` of them. */
function percentile(times: readonly number[], share: number): string {
  return times[Math.max(0, Math.ceil(share * times.length) - 1)]?.toFixed(0) ?? '–'
}

function countReasons(outcomes: readonly Outcome[]): readonly string[] {
  const reasons = outcomes.flatMap(({ ending, reason }) => (reason ? [`${ending}: ${reason}`] : []))
  return countBy(reasons, (reason) => reason).map(([reason, count]) => `${count} × ${reason}`)
}

function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  )
}
