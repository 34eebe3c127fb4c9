import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The commit of the release before this one; it moves on when a release is made. Its schema ends with migration 0188. */
const commit = '6d249e8d8b8c8287b4c6c421f585a0fdcd03a34d'

const root = join(import.meta.dirname, '../../../..')
const run = promisify(execFile)
const services = ['bot', 'ingester', 'reporter'] as const

/** Whether the history of this clone reaches back to the previous release: a shallow clone ends before. */
export async function hasPreviousRelease(): Promise<boolean> {
  return run('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).then(
    () => true,
    () => false,
  )
}

/** The services of the previous release, built in a folder of their own that goes with the value. */
export interface PreviousRelease extends AsyncDisposable {
  readonly folder: string
}

/**
 * Builds the previous release. Its packages come from the store of pnpm where they are there, and the types are not checked again: some
 * ten seconds of a core.
 */
export async function buildPreviousRelease(): Promise<PreviousRelease> {
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-previous-'))
  const remove = async () => rm(folder, { recursive: true, force: true })
  try {
    const [archive, tree] = [join(folder, 'sources.tar'), join(folder, 'tree')]
    await mkdir(tree)
    await run('git', ['archive', '--output', archive, commit], { cwd: root })
    await run('tar', ['-xf', archive, '-C', tree])
    const pnpm = await installerOf(tree)
    const install = ['--yes', pnpm, 'install', '--frozen-lockfile', '--prod=false', '--prefer-offline']
    await run('npx', install, { cwd: tree, env: { ...process.env, CI: 'true' } })
    const projects = services.map((service) => `services/${service}`)
    await run(join(tree, 'node_modules/.bin/tsc'), ['-b', ...projects, '--noCheck'], { cwd: tree })
    return { folder: tree, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** The version of pnpm that a release installs its packages with. */
async function installerOf(tree: string): Promise<string> {
  const text = await readFile(join(tree, 'tools/bootstrap/install-packages.mjs'), 'utf8')
  const version = /pnpm@[\d.]+/.exec(text)?.[0]
  if (version === undefined) throw new Error('the previous release names no version of pnpm')
  return version
}
