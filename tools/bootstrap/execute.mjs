import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { root } from './paths.mjs'

const setpriv = '/usr/bin/setpriv'

// npm passes a Ctrl-C on although the terminal sends it here too; a person's second one comes later.
const sameSignalMs = 500

/**
 * Runs a program in the root to its end and returns its exit code, 128 + n after signal n. SIGINT and SIGTERM reach it
 * once each; a closed terminal reaches it as SIGTERM.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ readonly output?: 'inherit' | 'on failure', readonly env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export async function execute(command, args, { output = 'inherit', env = process.env } = {}) {
  const isShown = output === 'inherit'
  // The kernel ends it even if we are killed; setpriv then becomes the program.
  const line = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', command, ...args] : [command, ...args]
  // Its own process group: otherwise Ctrl-C in a terminal would reach it directly and through this process.
  const child = spawn(line[0] ?? command, line.slice(1), {
    cwd: root,
    env,
    detached: true,
    stdio: isShown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  /** @type {Buffer[]} */
  const hidden = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => hidden.push(chunk))

  const stopForwarding = forwardSignals(child)
  try {
    const [code, signal] = await once(child, 'close')
    const result = code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]
    if (result !== 0) process.stderr.write(Buffer.concat(hidden))
    return result
  } finally {
    stopForwarding()
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  let last = { signal: '', at: 0 }
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    const isRepeated = last.signal === signal && performance.now() - last.at < sameSignalMs
    last = { signal, at: performance.now() }
    if (!isRepeated) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
  }
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
  for (const signal of signals) process.on(signal, forward)
  const watch = process.env['npm_lifecycle_event'] === undefined ? undefined : watchParent(onParentGone)
  return () => {
    clearInterval(watch)
    for (const signal of signals) process.off(signal, forward)
  }

  function onParentGone() {
    if (last.signal === '') forward('SIGTERM')
  }
}

/**
 * Watches the parent: a killed npm, or a signal that ended only npm's shell, sends no signal here.
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  const parent = process.ppid
  return setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, 1_000)
}
