import { newest, type ReportRow, confirmationsOf, stampsOf } from '../report/report-data.ts'
import type { KnownContainers } from './known-containers.ts'
import { shadeOf } from './plan/make-plan.ts'
import type { NumberSheet, Shade } from './plan/plan.ts'

/** The counts of the numbers in a file, each number counted once. */
export interface AnnotationSummary {
  readonly found: number
  /** Those that the railway knows. */
  readonly rows: readonly ReportRow[]
  readonly unknown: readonly string[]
  readonly mistyped: readonly string[]
  /** Names of the sheets that hold numbers. */
  readonly sheets: readonly string[]
  /** The newest stamp among the shown rows. */
  readonly asOf: Date | undefined
  /** The newest moment at which a source of them arrived, unchanged copies included. */
  readonly confirmedAt: Date | undefined
}

/** Counts each number once, wherever it stands: found and missing numbers add up to all numbers of the file. */
export function summarise(sheets: readonly NumberSheet[], known: KnownContainers): AnnotationSummary {
  const { rows, links } = known
  const shades = new Map(
    sheets.flatMap(({ cells }) => cells.map((place) => [place.text, shadeOf(place, known)] as const)),
  )
  const shaded = (shade: Shade) => [...shades].flatMap(([text, it]) => (it === shade ? [text] : []))
  const [unknown, mistyped] = [shaded('unknown'), shaded('mistyped')]
  const shown = [...rows.values()]
  const stays = [...links.values()].flatMap(({ stay, departure }) => (stay ?? departure)?.asOf ?? [])
  return {
    found: shades.size - unknown.length - mistyped.length,
    rows: shown,
    unknown,
    mistyped,
    sheets: sheets.map(({ name }) => name),
    asOf: newest(shown.length > 0 ? shown.flatMap(({ position }) => stampsOf(position)) : stays),
    confirmedAt: newest(shown.flatMap(({ position }) => confirmationsOf(position))),
  }
}
