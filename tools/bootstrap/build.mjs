import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execute } from './execute.mjs'
import { binary, root } from './paths.mjs'

/**
 * Compiles what has changed, without the tests; returns the compiler's exit code.
 * @returns {Promise<number>}
 */
export async function build() {
  /** @type {{ references: { path: string }[] }} */
  const { references } = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'))
  const projects = references.map(({ path }) => path).filter((path) => path !== 'tsconfig.tests.json')
  return execute(binary('tsc'), ['-b', ...projects])
}
