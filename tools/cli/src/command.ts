import type { ParseArgsConfig } from 'node:util'
import type { Right } from '@atermtrack/domain'
import type { Env } from '@atermtrack/runtime'
import type { Output } from './output.ts'

export interface CommandInput extends Pick<Output, 'print' | 'table'> {
  /** The arguments after the command's name. */
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly env: Env
  /** The command, for the audit. */
  readonly actor: { readonly command: string }
}

export interface Command {
  /** The command line is refused where the table of rights does not give it. */
  readonly right: Right
  /** Arguments as the help shows them. */
  readonly usage: string
  readonly about: string
  readonly options?: NonNullable<ParseArgsConfig['options']>
  readonly run: (input: CommandInput) => Promise<void>
}

/** The command line is not usable: the command shows the message and the help, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** The id among the arguments, a positive whole number. */
export function readId(text: string | undefined, what: string): number {
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id <= 0) throw new UsageError(`expected ${what}, a positive number`)
  return id
}
