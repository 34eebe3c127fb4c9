import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Lets a running process with all its threads use the first `count` cores only. Linux only. */
export async function bindToCores(pid: number, count: number): Promise<void> {
  const last = Math.min(count, availableParallelism()) - 1
  await run('taskset', ['--all-tasks', '--cpu-list', '--pid', `0-${last}`, String(pid)])
}
