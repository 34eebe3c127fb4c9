import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const timeoutMs = 15 * 60_000

/**
 * Runs `work` while no other process runs any under the same file. The pid shows that a holder has died.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  await mkdir(dirname(file), { recursive: true })
  await acquire(file)
  try {
    return await work()
  } finally {
    await rm(file)
  }
}

/** @param {string} file */
async function acquire(file) {
  const startedAt = performance.now()
  for (let isReported = false; !(await tryAcquire(file));) {
    const holder = await holderOf(file)
    if (holder !== undefined && !isAlive(holder)) {
      await removeStale(file, holder)
      continue
    }
    const waitedMs = performance.now() - startedAt
    if (waitedMs > timeoutMs) throw new Error(`process ${holder} does not release ${file}: end it, or remove the file`)
    if (waitedMs > 1_000 && !isReported) {
      console.error(`Waiting for process ${holder}, which is installing or building …`)
      isReported = true
    }
    await delay(100)
  }
}

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
async function tryAcquire(file) {
  // link() makes the file appear with its content, so nobody ever reads a lock without a pid.
  const draft = `${file}.${process.pid}`
  await writeFile(draft, String(process.pid))
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft)
  }
}

/**
 * @param {string} file
 * @param {number} deadHolder
 */
async function removeStale(file, deadHolder) {
  // One process at a time removes a lock, after a second look: another one would remove a lock that was taken in between.
  if (!(await tryAcquire(`${file}.stale`))) {
    await delay(100)
    return
  }
  try {
    if ((await holderOf(file)) === deadHolder) await rm(file)
  } finally {
    await rm(`${file}.stale`)
  }
}

/**
 * @param {string} file
 * @returns {Promise<number | undefined>}
 */
async function holderOf(file) {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text === '' ? undefined : Number(text)
}

/** @param {number} pid */
function isAlive(pid) {
  // Our own pid on a lock that we do not hold belongs to an earlier process, as in a restarted container.
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
