import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { check } from './check.mjs'
import { execute } from './execute.mjs'
import { installPackages } from './install-packages.mjs'
import { binary, root } from './paths.mjs'
import { findRunning, withRunning } from './running-system.mjs'
import { withLock } from './with-lock.mjs'

/** Commands that are one compiled module with its first arguments; `env` says whether the root's .env is for them. */
const modules = {
  start: { path: 'tools/launcher/dist/main.js', args: [], env: true },
  'start:bot': { path: 'services/bot/dist/main.js', args: [], env: true },
  'start:ingester': { path: 'services/ingester/dist/main.js', args: [], env: true },
  'start:reporter': { path: 'services/reporter/dist/main.js', args: [], env: true },
  migrate: { path: 'tools/cli/dist/main.js', args: ['migrate'], env: true },
  cli: { path: 'tools/cli/dist/main.js', args: [], env: true },
  sandbox: { path: 'tools/sandbox/dist/main.js', args: [], env: true },
  'queue-page': { path: 'tools/queue-page/dist/main.js', args: [], env: true },
  bench: { path: 'bench/dist/main.js', args: [], env: false },
  guide: { path: 'tools/guide/dist/main.js', args: [], env: false },
  smoke: { path: 'tests/smoke/dist/main.js', args: [], env: false },
  licences: { path: 'tools/checks/licences.mjs', args: [], env: false },
  fuzz: { path: 'tests/fuzz/dist/main.js', args: [], env: false },
}

/** Commands that are vitest with its first arguments; `env` is added to the environment. */
const testRuns = {
  test: { args: ['run'], env: {} },
  'test:long': { args: ['run', '--project', 'long'], env: { TEST_LENGTH: 'full' } },
}

/**
 * Prepares the workspace, runs one command to its end and returns its exit code.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runCommand(name, args) {
  const module = Object.hasOwn(modules, name) ? modules[/** @type {keyof typeof modules} */ (name)] : undefined
  const testRun = Object.hasOwn(testRuns, name) ? testRuns[/** @type {keyof typeof testRuns} */ (name)] : undefined
  if (!module && !testRun && name !== 'check') {
    const known = [...Object.keys(modules), ...Object.keys(testRuns), 'check']
    console.error(`Unknown command "${name}". There are: ${known.join(', ')}`)
    return 1
  }
  const running = await runningFor(name)
  // Before anything is built under the feet of the one that runs.
  if (running && name === 'start' && args.length === 0) {
    console.error(running.said)
    return 1
  }
  // An image contains its packages and dist, and has neither pnpm nor sources.
  const code = process.env['ATERMTRACK_SKIP_INSTALL'] === '1' ? 0 : await prepare(name)
  if (code !== 0) return code

  if (testRun) {
    return execute(binary('vitest'), [...testRun.args, ...args], { env: { ...process.env, ...testRun.env } })
  }
  return module ? runModule(module, args, name === 'cli' ? running : undefined) : check()
}

/** @param {string} name */
async function runningFor(name) {
  return name === 'start' || name === 'cli' ? findRunning(root) : undefined
}

/**
 * Runs a compiled module; `running` is the system that it is to reach where the environment names no other.
 * @param {(typeof modules)[keyof typeof modules]} module
 * @param {readonly string[]} args
 * @param {import('./running-system.mjs').RunningSystem | undefined} running
 * @returns {Promise<number>}
 */
async function runModule(module, args, running) {
  const envFile = join(root, '.env')
  if (module.env && existsSync(envFile)) process.loadEnvFile(envFile)
  const env = running ? withRunning(process.env, running.env) : process.env
  return execute(process.execPath, [join(root, module.path), ...module.args, ...args], { env })
}

/**
 * @param {string} name
 * @returns {Promise<number>}
 */
async function prepare(name) {
  return withLock(join(root, 'var', 'prepare.lock'), async () => {
    const code = await installPackages()
    // check builds by itself, as one of its steps.
    return code === 0 && name !== 'check' ? build() : code
  })
}
