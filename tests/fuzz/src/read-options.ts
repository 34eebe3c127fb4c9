import { parseArgs } from 'node:util'

export interface FuzzOptions {
  readonly seconds: number
  readonly seed: number
  /** How late the ingester may answer `/healthz`: longer where it shares the processors with much else. */
  readonly healthLimitMs: number
}

const usualSeconds = 120

/** The answer to `--help`. */
export const fuzzUsage = `npm run fuzz -- [--seconds <n>] [--seed <n>] [--healthz-ms <n>]
  feeds damaged files to the reader and the ingester for so many seconds (${usualSeconds}); the seed repeats a run`

/** Reads `--seconds` (120), `--seed` (from the clock) and `--healthz-ms` (1000). Throws on anything else. */
export function readOptions(args: readonly string[], now: Date): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { seconds: { type: 'string' }, seed: { type: 'string' }, 'healthz-ms': { type: 'string' } },
  })
  return {
    seconds: wholeNumber('seconds', values.seconds) ?? usualSeconds,
    seed: wholeNumber('seed', values.seed) ?? Math.floor(now.getTime() / 1000),
    healthLimitMs: wholeNumber('healthz-ms', values['healthz-ms']) ?? 1_000,
  }
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,15}$/.test(text)) throw new Error(`--${name} is to be a whole number`)
  return Number(text)
}
