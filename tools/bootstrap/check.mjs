import { join } from 'node:path'
import { execute } from './execute.mjs'
import { binary, root } from './paths.mjs'

/** @type {readonly { title: string, command: string, args: readonly string[] }[]} */
const steps = [
  { title: 'Format', command: binary('oxfmt'), args: ['--check', '.'] },
  // Before the lint, which reads the types that this builds.
  { title: 'Types', command: binary('tsc'), args: ['-b'] },
  { title: 'Lint', command: binary('oxlint'), args: ['--type-aware', '--deny-warnings'] },
  { title: 'Shape', command: process.execPath, args: [join(root, 'tools/checks/main.mjs')] },
  { title: 'Unused code', command: binary('knip'), args: [] },
  {
    title: 'Database types',
    command: process.execPath,
    args: [join(root, 'packages/testkit/dist/verify-schema-main.js')],
  },
  {
    title: 'Tables of queues',
    command: process.execPath,
    args: [join(root, 'packages/testkit/dist/queue-tables-main.js')],
  },
]

/**
 * Runs every check, also after a failed one, and returns 1 if any failed.
 * @returns {Promise<number>}
 */
export async function check() {
  /** @type {string[]} */
  const failed = []
  for (const { title, command, args } of steps) {
    console.log(`\n── ${title} ──`)
    const code = await execute(command, args)
    if (code > 128) return code
    if (code !== 0) failed.push(title)
  }
  console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.join(', ')}.`)
  return failed.length === 0 ? 0 : 1
}
