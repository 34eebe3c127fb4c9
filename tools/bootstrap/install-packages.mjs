import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { execute } from './execute.mjs'
import { root } from './paths.mjs'

export const pnpm = 'pnpm@12.21.0'
const marker = join(root, 'node_modules', '.atermtrack-installed')

/**
 * Installs the locked packages when none are there or the lock file has changed; returns the installer's exit code.
 * @returns {Promise<number>}
 */
export async function installPackages() {
  const wanted = await fingerprint()
  if ((await readFile(marker, 'utf8').catch(() => '')) === wanted) return 0

  console.error('Installing packages …')
  const env = {
    ...process.env,
    // pnpm must not ask whether it may replace node_modules.
    CI: 'true',
    // Node's own folder comes last: it contains npx even when PATH has only node.
    PATH: [process.env['PATH'], dirname(process.execPath)].filter(Boolean).join(delimiter),
  }
  // --prod=false: with NODE_ENV=production the compiler would be left out.
  const args = ['--yes', pnpm, 'install', '--frozen-lockfile', '--prod=false']
  const code = await execute('npx', args, { output: 'on failure', env })
  if (code === 0) await writeFile(marker, wanted)
  else console.error(`Installing packages failed: npx ${args.join(' ')}`)
  return code
}

async function fingerprint() {
  const hash = createHash('sha256').update(`${pnpm} ${process.platform} ${process.arch}\n`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(await readFile(join(root, file)))
  return hash.digest('hex')
}
