import type { Logger } from 'pino'
import { ConfigError } from './config.ts'

/**
 * Runs the main function of a process. A ConfigError is printed as the sentence it is; any other error is logged. Both end with
 * exit code 1; a main function that returns ends the process, with 0 unless it set another code.
 */
export async function runMain(main: () => Promise<void>, logger?: Logger): Promise<void> {
  try {
    await main()
    // Everything of ours is closed by now. While Redis is away, BullMQ leaves timers behind that would hold us for long.
    process.exit()
  } catch (error) {
    process.exitCode = 1
    if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`)
      return
    }
    if (logger) logger.fatal({ err: error }, 'the process ends with an error')
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  }
}
