import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Facts about a running system that other commands of this clone need. */
export interface RunningFacts {
  /** Said to somebody who starts it once more. */
  readonly said: string
  /** The settings with which the command line reaches it. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Writes down that this process runs the system; the disposal takes it back. `tools/bootstrap/running-system.mjs` reads the file. It
 * holds a password, so only its owner may read it.
 */
export async function writeRunningFile(path: string, { said, env }: RunningFacts): Promise<AsyncDisposable> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, JSON.stringify({ pid: process.pid, said, env }), { mode: 0o600 })
  // Nobody ever reads half of it.
  await rename(draft, path)
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) }
}
