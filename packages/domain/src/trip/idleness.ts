import type { Status } from './status.ts'

/** The statement about the time since the last operation. All durations are whole minutes at the source's stamp. */
export type Idleness =
  /** It has stood for so long. */
  | { readonly kind: 'standing'; readonly minutes: number }
  /** It moves: only the age of its last operation is known. */
  | { readonly kind: 'last_operation'; readonly minutes: number }
  /** The trip is over, or the place of the container is unknown: no statement. */
  | { readonly kind: 'none' }

/** Decides the statement about the time since the last operation. A container that is gone from its reports has no status. */
export function idlenessOf(status: Status | undefined, minutes: number): Idleness {
  if (status === undefined || status === 'unloaded') return { kind: 'none' }
  return { kind: status === 'en_route' ? 'last_operation' : 'standing', minutes }
}

/** Minutes for which a container has stood; undefined when it does not stand. */
export function standingMinutes(idleness: Idleness): number | undefined {
  return idleness.kind === 'standing' ? idleness.minutes : undefined
}
