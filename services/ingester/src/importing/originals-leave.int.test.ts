import { closeUndo, type Db, releaseOriginals, reviewQueue, workbooks } from '@atermtrack/data'
import {
  aDislocationRow,
  aDislocationWorkbook,
  containerNumber,
  describe,
  expect,
  recordQueues,
  test,
} from '@atermtrack/testkit'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { adminChatId, arrive, context, importer, readers, stateOf } from '../testing/arrivals.ts'
import { createUndoImport } from './undo-import.ts'

const keepDays = 180
const refusedDays = 30

async function report(day: number, containers: readonly number[], reportNumber = '103'): Promise<Buffer> {
  const rows = containers.map((n) =>
    aDislocationRow({
      'Номер контейнера': containerNumber(n),
      'Дата и время операции': `0${day}.09.2025 06:30`,
    }),
  )
  return aDislocationWorkbook({ rows, stamp: new Date(`2025-09-0${day}T08:00:00Z`), reportNumber })
}

/** A file that came and ended so many days ago. */
async function take(db: Db, content: Uint8Array, age: number, fields: Partial<Parameters<typeof arrive>[1]> = {}) {
  const id = await arrive(db, { content, sentAt: new Date('2025-09-09'), ...fields })
  await importer(db)(id)
  await makeOld(db, id, age)
  return id
}

async function makeOld(db: Db, id: number, days: number): Promise<void> {
  const at = new Date(Date.now() - days * 86_400_000)
  const { sha256 } = await db
    .updateTable('workbook')
    .set({ createdAt: at, finishedAt: at })
    .where('id', '=', id)
    .returning('sha256')
    .executeTakeFirstOrThrow()
  await db.updateTable('blob').set({ createdAt: at }).where('sha256', '=', sha256).execute()
}

/** Bytes that nobody takes for a table. */
function aPicture(n: number): Buffer {
  return Buffer.from([1, 2, 0, n])
}

async function keepHouse(db: Db): Promise<void> {
  await closeUndo(db, { days: keepDays, limit: 100 })
  await releaseOriginals(db, { days: refusedDays, limit: 100 })
}

async function isKept(db: Db, id: number): Promise<boolean> {
  return (await reviewQueue.find(db, id))?.originalGoneAt === null
}

function undoing(db: Db) {
  return createUndoImport({
    db,
    sourceZone: 'Europe/Moscow',
    terminalZone: 'Asia/Vladivostok',
    reading: defaultReadingSettings,
    readers,
    adminChatIds: [adminChatId],
    queues: recordQueues().queues,
  })
}

async function positionsOf(db: Db) {
  return db.selectFrom('position').select(['container', 'operatedAt', 'kmLeft']).orderBy('container').execute()
}

describe('the original of an import', () => {
  test('stays while its import can be undone, and leaves when nothing needs it', async ({ db }) => {
    const young = await take(db, await report(2, [1], '7'), keepDays - 1)
    const old = await take(db, await report(2, [2], '8'), keepDays + 1)
    await keepHouse(db)
    expect([await isKept(db, young), await isKept(db, old)]).toEqual([true, false])
    expect([await reviewQueue.requestUndo(db, young), await reviewQueue.requestUndo(db, old)]).toEqual([true, false])
    await expect(
      workbooks.getContent(db, (await reviewQueue.find(db, old)) ?? { sha256: Buffer.alloc(0), size: 1 }),
    ).rejects.toThrow('a stored file has changed or is gone')
  })

  test('stays while the undo of a younger one needs it, and that undo is as exact as ever', async ({ db }) => {
    const shared = await take(db, await report(1, [1, 2], '7'), keepDays + 30)
    const before = await positionsOf(db)
    const other = await take(db, await report(1, [3], '8'), keepDays + 30)
    const mistaken = await take(db, await report(3, [1], '9'), 1)
    await keepHouse(db)
    expect([await isKept(db, shared), await isKept(db, other)]).toEqual([true, false])
    expect(await reviewQueue.requestUndo(db, mistaken)).toBe(true)
    await undoing(db)({ workbookId: mistaken }, context)
    expect((await positionsOf(db)).filter(({ container }) => container !== containerNumber(3))).toEqual(before)
  })

  test('stays while its undo is under way', async ({ db }) => {
    const id = await take(db, await report(2, [1]), keepDays + 1)
    await reviewQueue.requestUndo(db, id)
    await keepHouse(db)
    expect(await isKept(db, id)).toBe(true)
  })
})

describe('the original of a file that is not in the data', () => {
  test('stays for good while it waits for a decision', async ({ db }) => {
    const id = await take(db, await report(2, [1]), 1_000, { sender: 'x@stranger.example' })
    await keepHouse(db)
    expect(await isKept(db, id)).toBe(true)
    await reviewQueue.accept(db, id, { reason: 'unknown_sender', override: 'unknown_sender' })
    await importer(db)(id)
    expect(await stateOf(db, id)).toMatchObject({ status: 'imported' })
  })

  test('leaves sooner when it was refused, and then it cannot be imported again', async ({ db }) => {
    const refused = await take(db, aPicture(1), refusedDays + 1, { fileName: 'a.xlsx' })
    const fresh = await take(db, aPicture(2), refusedDays - 1, { fileName: 'b.xlsx' })
    await keepHouse(db)
    expect([await isKept(db, refused), await isKept(db, fresh)]).toEqual([false, true])
    expect([await reviewQueue.replay(db, refused), await reviewQueue.replay(db, fresh)]).toEqual([false, true])
  })

  test('stays when the same bytes are in the data', async ({ db }) => {
    const content = await report(2, [1])
    const taken = await take(db, content, 40)
    const duplicate = await take(db, content, 40)
    expect(await stateOf(db, duplicate)).toMatchObject({ status: 'duplicate' })
    await keepHouse(db)
    expect([await isKept(db, taken), await isKept(db, duplicate)]).toEqual([true, true])
  })

  test('is there again when the same bytes come again', async ({ db }) => {
    const content = aPicture(1)
    const first = await take(db, content, refusedDays + 1)
    await keepHouse(db)
    expect(await isKept(db, first)).toBe(false)
    const again = await take(db, content, 0)
    expect([await isKept(db, first), await isKept(db, again)]).toEqual([true, true])
    const found = await reviewQueue.find(db, again)
    expect(Buffer.from(await workbooks.getContent(db, found!))).toEqual(content)
  })
})

test('a file that comes in the very moment in which its old copy is let go is not lost', async ({ db }) => {
  const content = aPicture(1)
  const old = await take(db, content, refusedDays + 1)
  const { sha256 } = (await reviewQueue.find(db, old))!
  const arrival = { origin: 'mail', fileName: 'a.xlsx', content, sha256, receivedAt: new Date() } as const
  let released: Promise<number> | undefined
  const id = await db.transaction().execute(async (tx) => {
    const stored = await workbooks.insert(tx, arrival)
    released = releaseOriginals(db, { days: refusedDays, limit: 100 })
    return stored
  })
  await released
  await releaseOriginals(db, { days: refusedDays, limit: 100 })
  expect(await isKept(db, id!)).toBe(true)
})
