import { readFileSync } from 'node:fs'
import { z } from 'zod'

export type Env = Readonly<Record<string, string | undefined>>

/** The environment lacks a setting or holds a wrong one. The message names every problem and no value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment through a schema whose keys are variable names. An empty variable is an unset one, and the value of
 * `X` may instead stand in the file that `X_FILE` names. Throws one ConfigError with all the problems.
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: Env): z.infer<S> {
  const { values, problems } = readValues(Object.keys(schema.shape), env)
  const result = schema.safeParse(values)
  if (result.success && problems.length === 0) return result.data
  const issues = result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigError(
    `The environment is not usable:\n${[...problems, ...issues].map((line) => `  ${line}`).join('\n')}`,
  )
}

/** The texts of the variables that are set, wherever they stand. */
export function environmentValues(names: readonly string[], env: Env): Readonly<Record<string, string>> {
  return readValues(names, env).values
}

/** For `superRefine`: adds a problem for each of the variables that is not set. */
export function requireSet<Values extends object>(
  context: z.RefinementCtx,
  values: Values,
  names: readonly (keyof Values & string)[],
  message: string,
): void {
  for (const name of names) {
    if (values[name] === undefined) context.addIssue({ code: 'custom', path: [name], message })
  }
}

function readValues(names: readonly string[], env: Env) {
  const values: Record<string, string> = {}
  const problems: string[] = []
  // Only our own names: an environment is full of other programs' variables that end in _FILE.
  for (const name of names) {
    const path = nonEmpty(env[`${name}_FILE`])
    const value = nonEmpty(env[name]) ?? (path === undefined ? undefined : readValue(path, `${name}_FILE`, problems))
    if (value !== undefined) values[name] = value
  }
  return { values, problems }
}

function readValue(path: string, variable: string, problems: string[]): string | undefined {
  try {
    return nonEmpty(readFileSync(path, 'utf8').trim())
  } catch {
    problems.push(`${variable}: the file cannot be read`)
    return undefined
  }
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text
}

/** `true`, `1`, `yes`, `on` and their opposites. */
export const flag = z
  .string()
  .toLowerCase()
  .transform((text, context) => {
    if (['true', '1', 'yes', 'on'].includes(text)) return true
    if (['false', '0', 'no', 'off'].includes(text)) return false
    context.addIssue({ code: 'custom', message: 'expected true or false' })
    return z.NEVER
  })

export const port = z.coerce.number('expected a port number').int().min(0).max(65_535)

/** A whole number within these two. */
export function between(least: number, most: number) {
  const message = `expected a whole number from ${least} to ${most}`
  return z.coerce.number(message).int(message).min(least, message).max(most, message)
}

export const positiveInteger = z.coerce.number('expected a number').int().positive()

/** Comma-separated words, blanks around them dropped. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
)

export const zone = z.string().refine(isZone, 'expected an IANA time zone such as Europe/Moscow')

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format()
    return true
  } catch {
    return false
  }
}
