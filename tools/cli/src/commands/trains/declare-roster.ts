import { type DeclaredRoster, parseTrainCode, readNumbers, type TrainCode } from '@atermtrack/domain'
import { type CommandInput, UsageError } from '../../command.ts'

/** The options that say what a file does not say of its train. */
export function rosterOptions() {
  return { destination: { type: 'string' }, date: { type: 'string' } } as const
}

/** Reads what the arguments say of a train; throws a UsageError. */
export function declareRoster(code: string | undefined, options: CommandInput['options']): DeclaredRoster {
  const { destination, date } = options
  return {
    kind: 'train_roster',
    trainCode: readCode(code),
    destination: typeof destination === 'string' ? destination : undefined,
    sentAt: typeof date === 'string' ? readDate(date) : undefined,
  }
}

/** Reads the code of a train; throws a UsageError. */
export function readCode(text: string | undefined): TrainCode {
  const code = parseTrainCode(text ?? '')
  if (code === undefined) throw new UsageError('expected the code of a train, such as К25-101')
  return code
}

/** Reads the numbers of containers, one at least; throws a UsageError. */
export function readContainers(numbers: readonly string[]): readonly string[] {
  const { containers, mistyped } = readNumbers(numbers.join('\n'))
  if (mistyped.length > 0) throw new UsageError(`not a container number: ${mistyped.join(', ')}`)
  if (containers.length === 0) throw new UsageError('expected container numbers')
  return containers
}

/** The day as UTC, as all times of the command line. */
function readDate(text: string): Date {
  const at = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at.getTime()))
    throw new UsageError('expected a date, YYYY-MM-DD')
  if (at.getTime() > Date.now()) throw new UsageError('the date is in the future')
  return at
}
