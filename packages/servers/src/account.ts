import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Account = { readonly uid: number; readonly gid: number }

/**
 * The unprivileged account for servers that refuse to run as root: the first of `names` in the user database, else a
 * new system user. Undefined when we are not root, then servers run as we do.
 */
export async function serverAccount(names: readonly string[]): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const known = await findAccount(names)
  if (known) return known
  await run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'atermtrack'])
  const created = await findAccount(['atermtrack'])
  if (!created) throw new Error('useradd made no user atermtrack')
  return created
}

/** Whether the account may do it, asked from the kernel: -r read, -w write, -x enter or execute. */
export async function mayAccess(account: Account, test: '-r' | '-w' | '-x', path: string): Promise<boolean> {
  return run('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  )
}

/** Makes a folder that only the account can enter, and its missing parents such that it gets there whatever our umask. */
export async function makeOwnFolder(path: string, account: Account | undefined): Promise<void> {
  const first = await mkdir(path, { recursive: true })
  if (first !== undefined) {
    for (let parent = dirname(path); parent.length >= first.length; parent = dirname(parent)) await chmod(parent, 0o755)
  }
  await chmod(path, 0o700)
  if (account) await chown(path, account.uid, account.gid)
}

async function findAccount(names: readonly string[]): Promise<Account | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const name of names) {
    const [, , uid, gid] = lines.find(([user]) => user === name) ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  return undefined
}
