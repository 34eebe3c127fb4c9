import { ConfigError } from './config.ts'

/**
 * Runs the main function of a process. A ConfigError is printed as the sentence it is, any other error with its stack. Both end with
 * exit code 1; a main function that returns ends the process, with 0 unless it set another code.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${textOf(error)}\n`)
  }
  // All our resources are closed by now. While Redis is away, BullMQ leaves timers behind that would keep the process alive for long.
  process.exit()
}

function textOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
