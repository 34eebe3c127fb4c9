import { newest, type PictureRow, signsOfLife, stampsOf } from '../report/picture.ts'
import type { KnownContainers } from './known-containers.ts'
import { shadeOf } from './plan/make-plan.ts'
import type { NumberSheet, Shade } from './plan/plan.ts'

/** The counts of the numbers in a file, each number counted once. */
export interface AnnotationSummary {
  readonly found: number
  /** Those that the railway knows. */
  readonly rows: readonly PictureRow[]
  readonly unknown: readonly string[]
  readonly mistyped: readonly string[]
  /** Names of the sheets that hold numbers. */
  readonly sheets: readonly string[]
  /** The newest stamp among what is shown. */
  readonly asOf: Date | undefined
  /** The newest moment at which a source of it was heard, unchanged copies included. */
  readonly heardAt: Date | undefined
}

/** Counts each number once, wherever and beside whatever it stands: those found and those not are all that were asked for. */
export function summarise(sheets: readonly NumberSheet[], known: KnownContainers): AnnotationSummary {
  const { rows, links } = known
  const shades = new Map(
    sheets.flatMap(({ cells }) => cells.map((place) => [place.text, shadeOf(place, known)] as const)),
  )
  const shaded = (shade: Shade) => [...shades].flatMap(([text, it]) => (it === shade ? [text] : []))
  const [unknown, mistyped] = [shaded('unknown'), shaded('mistyped')]
  const shown = [...rows.values()]
  const stays = [...links.values()].flatMap(({ stay }) => stay?.asOf ?? [])
  return {
    found: shades.size - unknown.length - mistyped.length,
    rows: shown,
    unknown,
    mistyped,
    sheets: sheets.map(({ name }) => name),
    asOf: newest(shown.length > 0 ? shown.flatMap(({ position }) => stampsOf(position)) : stays),
    heardAt: newest(shown.flatMap(({ position }) => signsOfLife(position))),
  }
}
