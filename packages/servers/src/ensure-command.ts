import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { utf8Environment } from './utf8-environment.ts'

const run = promisify(execFile)

// Daemons live in sbin, which an ordinary user's PATH leaves out.
const extraFolders = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin']

// A package would start its own service on the default port; exit code 101 of policy-rc.d forbids that.
// The mark lets a later run remove the file of a run that was killed.
const installScript = `
policy=/usr/sbin/policy-rc.d
mark='# written by atermtrack for the time of one installation'
if [ ! -e "$policy" ] || grep -qF "$mark" "$policy"; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 130' INT TERM HUP
  printf '#!/bin/sh\\n%s\\nexit 101\\n' "$mark" > "$policy"
  chmod 755 "$policy"
fi
install() { apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$1"; }
install "$1" || { apt-get update -q && install "$1"; }
`

export type CommandRequest = {
  readonly command: string
  readonly debianPackage: string
  /** Other names under which the same program may be installed. */
  readonly alternatives?: readonly string[]
}

/** Absolute path of a command; root on Debian or Ubuntu gets it installed, anybody else an error with the line to type. */
export async function ensureCommand({ command, debianPackage, alternatives = [] }: CommandRequest): Promise<string> {
  const names = [command, ...alternatives]
  const found = await findCommand(names)
  if (found !== undefined) return found

  await installMissing(command, debianPackage)
  const installed = await findCommand(names)
  if (installed === undefined) throw new Error(`${debianPackage} is installed, but has no ${names.join(' or ')}`)
  return installed
}

/** Installs a package for a file of it that is not there, such as a font; a user who may not install gets the command to type. */
export async function ensureFile({ path, debianPackage }: { readonly path: string; readonly debianPackage: string }) {
  const isThere = () => access(path).then(...asBoolean)
  if (await isThere()) return
  await installMissing(path, debianPackage)
  if (!(await isThere())) throw new Error(`${debianPackage} is installed, but has no ${path}`)
}

const asBoolean = [() => true, () => false] as const

/** Throws with the line to type when it cannot install. */
async function installMissing(what: string, debianPackage: string): Promise<void> {
  const line = `apt-get install -y --no-install-recommends ${debianPackage}`
  if (process.getuid?.() !== 0) throw new Error(`${what} is missing, type: sudo ${line}`)
  if ((await findCommand(['apt-get'])) === undefined) {
    throw new Error(`${what} is missing, install it with this system's package manager (Debian: ${line})`)
  }
  console.log(`Installing ${debianPackage} (${what} is missing) …`)
  await install(debianPackage, line)
}

async function findCommand(names: readonly string[]): Promise<string | undefined> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter).filter(Boolean), ...extraFolders]
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await access(path, constants.X_OK).then(...asBoolean)) return path
  }
  return undefined
}

async function install(debianPackage: string, line: string): Promise<void> {
  // flock: apt's own lock on the package lists does not wait, and policy-rc.d must not vanish under a second run.
  const args = ['/run/atermtrack-apt.lock', 'sh', '-c', installScript, 'sh', debianPackage]
  try {
    await run('flock', args, { env: { ...utf8Environment(), DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 << 20 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    const tail = `${stdout}\n${stderr}`.trim().split('\n').slice(-15).join('\n')
    throw new Error(`${line} failed; run it by hand to see why:\n${tail}`, { cause: error })
  }
}
