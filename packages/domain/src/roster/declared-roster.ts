import { parseTrainCode, type TrainCode } from '../values/train-code.ts'

/** The word of a person about a file that is the list of a train. It counts, also where the file says something else. */
export interface DeclaredRoster {
  readonly kind: 'train_roster'
  readonly trainCode: TrainCode
  readonly destination: string | undefined
  /** When the train left; undefined for the moment at which the file was received. */
  readonly sentAt: Date | undefined
}

/** Reads a declaration as it was stored; undefined for none, and for one that this release cannot read. */
export function parseDeclaredRoster(stored: unknown): DeclaredRoster | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined
  const { kind, trainCode, destination, sentAt } = stored as Readonly<Record<string, unknown>>
  const code = typeof trainCode === 'string' ? parseTrainCode(trainCode) : undefined
  const at = typeof sentAt === 'string' ? new Date(sentAt) : undefined
  if (kind !== 'train_roster' || code === undefined || (at && Number.isNaN(at.getTime()))) return undefined
  return { kind, trainCode: code, destination: typeof destination === 'string' ? destination : undefined, sentAt: at }
}
