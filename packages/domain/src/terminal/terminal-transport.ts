import { normaliseLabel } from '../cells/header.ts'

/**
 * By what a container came to a terminal or left it. Of a truck nothing more is kept: its plate and the name of its driver stand in the
 * same columns as wagon and station, and are personal data.
 */
export type TerminalTransport =
  | { readonly kind: 'rail'; readonly wagon: string | undefined; readonly station: string | undefined }
  | { readonly kind: 'truck' }

const rail = /платформ|вагон|жд|ж\/д|железн|rail/u
const truck = /авто|тягач|машин|truck/u

/** The transport by the three columns of a report; undefined where they do not say what it is. */
export function terminalTransport(said: {
  /** `Платформа фитинговая`, `Автотягач` */
  readonly transport: string | null
  /** `Номер вагона | Номер тягача` */
  readonly vehicle: string | null
  /** `Станция | Водитель` */
  readonly place: string | null
}): TerminalTransport | undefined {
  const name = normaliseLabel(said.transport ?? '')
  if (truck.test(name)) return { kind: 'truck' }
  const digits = said.vehicle?.replace(/\D/g, '') ?? ''
  const wagon = digits.length === 8 && /^[\d\s-]+$/.test(said.vehicle ?? '') ? digits : undefined
  if (!rail.test(name) && (name !== '' || wagon === undefined)) return undefined
  return { kind: 'rail', wagon, station: said.place ?? undefined }
}
