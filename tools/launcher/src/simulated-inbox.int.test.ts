import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, workbooks } from '@atermtrack/data'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { exampleContainers, untilAllImported, untilNewestImported } from './simulated-inbox.ts'

const [older, newest] = ['103_20250901_0600.xlsx', '103_20250902_0600.xlsx'] as const
const never = new AbortController().signal

async function anInbox(names: readonly string[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'inbox-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  for (const [n, name] of names.entries()) {
    await writeFile(join(dir, name), name)
    await utimes(join(dir, name), n, n)
  }
  return dir
}

async function arrive(db: Db, fileName: string): Promise<number> {
  const sha256 = Buffer.from(fileName.padEnd(32).slice(0, 32))
  const arrived = {
    origin: 'mail',
    fileName,
    content: Buffer.from(fileName),
    sha256,
    receivedAt: new Date(),
  } as const
  return (await workbooks.insert(db, arrived)) ?? 0
}

test('the newest report counts by its time, whatever its name and whatever lies beside it', async ({ db }) => {
  const dir = await anInbox([newest, older, 'terminal.xlsx', '.103_20250903_0600.xlsx.part'])
  const awaited = untilNewestImported(db, dir, AbortSignal.timeout(60_000))
  await workbooks.finish(db, await arrive(db, newest), { status: 'imported', kind: 'dislocation' })
  await workbooks.finish(db, await arrive(db, older), { status: 'refused', reason: 'no_rows' })
  await expect(awaited).resolves.toBeUndefined()
})

test('the wait for a report under way ends at the signal', async ({ db }) => {
  const dir = await anInbox([newest])
  await arrive(db, newest)
  const enough = new AbortController()
  const awaited = untilNewestImported(db, dir, enough.signal)
  enough.abort(new Error('enough'))
  await expect(awaited).rejects.toThrow('aborted')
})

test('a folder without reports is an error that names it', async ({ db }) => {
  const dir = await anInbox(['terminal.xlsx'])
  await expect(untilNewestImported(db, dir, never)).rejects.toThrow(`there is no simulated report in ${dir}`)
})

test('all files are imported when none of them is pending, hidden ones aside', async ({ db }) => {
  const dir = await anInbox([older, newest, '.hidden'])
  const first = await arrive(db, older)
  const awaited = untilAllImported(db, dir, AbortSignal.timeout(60_000))
  await workbooks.finish(db, first, { status: 'imported', kind: 'dislocation' })
  await workbooks.finish(db, await arrive(db, newest), { status: 'duplicate' })
  await expect(awaited).resolves.toEqual({ all: 2, done: 2, waiting: 0 })
})

test('there are no examples in an empty database', async ({ db }) => {
  expect(await exampleContainers(db, 3)).toEqual([])
})
