import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * What `npm start` of this clone has written down while it runs.
 * @typedef {{ readonly pid: number, readonly said: string, readonly env: Readonly<Record<string, string>> }} RunningSystem
 */

/**
 * The system that `npm start` runs in the clone at `root`; undefined when none does.
 * @param {string} root
 * @returns {Promise<RunningSystem | undefined>}
 */
export async function findRunning(root) {
  const text = await readFile(join(root, 'var', 'running.json'), 'utf8').catch(() => '')
  if (text === '') return undefined
  /** @type {RunningSystem} */
  const running = JSON.parse(text)
  return (await isLauncher(running.pid)) ? running : undefined
}

/**
 * The environment of a command that is to reach the running system: what is set stays, and nothing is added where a database is named.
 * @param {NodeJS.ProcessEnv} env
 * @param {Readonly<Record<string, string>>} running
 * @returns {NodeJS.ProcessEnv}
 */
export function withRunning(env, running) {
  const isNamed = ['DATABASE_URL', 'DATABASE_URL_FILE', 'DB_HOST', 'DB_HOST_FILE'].some((name) => env[name])
  return isNamed ? env : { ...running, ...env }
}

/**
 * A process that was killed leaves its file behind, and its number may belong to another program by now.
 * @param {number} pid
 */
async function isLauncher(pid) {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // Elsewhere than on Linux the number has to do.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'launcher')
  return command.includes('launcher')
}
