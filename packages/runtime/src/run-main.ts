import type { Logger } from 'pino'
import { ConfigError } from './config.ts'

/**
 * Runs the main function of a process. A ConfigError is printed as the sentence it is; any other error is logged. Both end with
 * exit code 1; a main function that returns ends with 0 as soon as nothing is open.
 */
export async function runMain(main: () => Promise<void>, logger?: Logger): Promise<void> {
  try {
    await main()
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
