import type { RosterEntry } from '@atermtrack/domain'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { previewUndo } from '../workbooks/undo/preview-undo.ts'
import type { Db } from '../platform/client.ts'
import { listTrains } from '../provenance/listed-rows.ts'
import { everything } from '../visibility/visibility.ts'
import * as containerLinks from './container-links.ts'
import { claim as claimTrain, rename } from './correct-train.ts'
import * as trainLists from './train-lists.ts'
import * as trainMoves from './train-moves.ts'
import * as trainRosters from './train-rosters.ts'

const [first, second, third] = [0, 1, 2].map(containerNumber) as [string, string, string]

interface List {
  readonly code: string
  readonly day: number
  readonly containers: readonly string[]
}

async function importList(db: Db, { code, day, containers }: List): Promise<number> {
  const sentAt = new Date(Date.UTC(2025, 8, day))
  const sha256 = Buffer.from(`${code} ${day}`.padEnd(31))
  await db
    .insertInto('blob')
    .values({ sha256, content: sha256 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { id: workbookId } = await db
    .insertInto('workbook')
    .values({
      origin: 'mail',
      fileName: `${code}.xlsx`,
      sha256,
      size: 32,
      receivedAt: sentAt,
      kind: 'train_roster',
      status: 'imported',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const entries = containers.map((container, row) => ({ container, rowNumber: row + 2, client: 'А' }) as RosterEntry)
  await db
    .transaction()
    .execute((tx) => trainRosters.insert(tx, { workbookId, trainCode: code, destination: 'Селятино', sentAt, entries }))
  return workbookId
}

async function undo(db: Db, workbookId: number) {
  return db.transaction().execute((tx) => trainRosters.withdraw(tx, workbookId))
}

/** Returns the containers that were moved. */
async function move(db: Db, asked: trainMoves.AskedMove): Promise<readonly string[]> {
  return db.transaction().execute(async (tx) => {
    const plan = await trainMoves.claim(tx, asked)
    if (plan) await trainMoves.make(tx, plan)
    return plan?.moving ?? []
  })
}

/** The containers of each train by the list that counts. */
async function trainsOf(db: Db): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await db
    .selectFrom('currentTrainRoster as list')
    .leftJoin('trainRosterRow as line', 'line.workbookId', 'list.workbookId')
    .select(['list.trainCode', 'line.container'])
    .execute()
  const codes = [...new Set(rows.map(({ trainCode }) => trainCode ?? ''))].toSorted()
  return Object.fromEntries(
    codes.map((code) => [
      code,
      rows.flatMap((row) => (row.trainCode === code && row.container !== null ? [row.container] : [])).toSorted(),
    ]),
  )
}

async function linkOf(db: Db, container: string): Promise<string | undefined> {
  const [links] = await containerLinks.findMany(db, [container], everything)
  return links?.train?.code
}

test('who undoes a list learns whether the train has another', async ({ db }) => {
  const older = await importList(db, { code: 'К25-073', day: 1, containers: [first] })
  const newer = await importList(db, { code: 'К25-073', day: 2, containers: [first, second] })
  await importList(db, { code: 'К25-074', day: 3, containers: [third] })
  expect(await undo(db, newer)).toEqual({ hasOther: true })
  expect(await undo(db, older)).toEqual({ hasOther: false })
})

describe('a container that is moved to another train', () => {
  test('is on that train alone, whatever lists of the train it has left come later', async ({ db }) => {
    const [a, b] = ['К25-073', 'К25-074']
    await importList(db, { code: a, day: 1, containers: [first, second] })
    await importList(db, { code: b, day: 2, containers: [third] })
    const asked = { from: a, to: b, containers: [second, third, second] }
    expect(await trainMoves.plan(db, asked)).toMatchObject({ moving: [second], elsewhere: [], absent: [third] })
    await move(db, asked)
    expect(await trainsOf(db)).toEqual({ [a]: [first], [b]: [second, third].toSorted() })
    const again = await importList(db, { code: a, day: 3, containers: [first, second] })
    expect(await trainsOf(db)).toEqual({ [a]: [first], [b]: [second, third].toSorted() })
    expect(await linkOf(db, second)).toBe(b)
    // Nor does a new list of the other train without it, or one of the first train that has heard of the move.
    await importList(db, { code: b, day: 4, containers: [third] })
    await importList(db, { code: a, day: 5, containers: [first] })
    expect(await trainsOf(db)).toEqual({ [a]: [first], [b]: [second, third].toSorted() })
    await undo(db, again)
    expect(await linkOf(db, second)).toBe(b)
  })

  test('is back when the list of the other train is undone, moves again when it returns, and goes with the list that named it', async ({
    db,
  }) => {
    const [a, b] = ['К25-073', 'К25-074']
    const own = await importList(db, { code: a, day: 1, containers: [first, second] })
    const target = await importList(db, { code: b, day: 2, containers: [third] })
    await move(db, { from: a, to: b, containers: [first] })
    await undo(db, target)
    expect(await trainsOf(db)).toEqual({ [a]: [first, second].toSorted() })
    expect(await linkOf(db, first)).toBe(a)
    await importList(db, { code: b, day: 2, containers: [third] })
    expect(await trainsOf(db)).toEqual({ [a]: [second], [b]: [first, third].toSorted() })
    await undo(db, own)
    expect(await trainsOf(db)).toEqual({ [b]: [third] })
    expect(await linkOf(db, first)).toBeUndefined()
  })

  test('goes to a third train by a newer list of it, and follows its train when that gets another code', async ({
    db,
  }) => {
    const [a, b, c] = ['К25-073', 'К25-074', 'К25-075']
    await importList(db, { code: a, day: 3, containers: [first, second] })
    // An older list of a third train still holds it; the newest one of the first train won until the move.
    await importList(db, { code: c, day: 2, containers: [first] })
    await importList(db, { code: b, day: 1, containers: [third] })
    await move(db, { from: a, to: b, containers: [first] })
    expect(await linkOf(db, first)).toBe(b)
    await db.transaction().execute(async (tx) => rename(tx, (await claimTrain(tx, b))!, 'К25-076'))
    expect(await linkOf(db, first)).toBe('К25-076')
    await db
      .updateTable('trainMove')
      .set({ movedAt: new Date(Date.UTC(2025, 8, 4)) })
      .execute()
    await importList(db, { code: c, day: 5, containers: [first] })
    expect(await linkOf(db, first)).toBe(c)
    expect(await trainMoves.plan(db, { from: 'К25-076', to: a, containers: [first] })).toMatchObject({
      moving: [],
      elsewhere: [first],
    })
  })

  test('stands in the file that names it, and in no other', async ({ db }) => {
    const [a, b] = ['К25-073', 'К25-074']
    const own = await importList(db, { code: a, day: 1, containers: [first, second] })
    const target = await importList(db, { code: b, day: 2, containers: [third] })
    await move(db, { from: a, to: b, containers: [second] })
    const rowsIn = async (id: number) =>
      (await listTrains(db, { id, sheet: undefined }, second)).map((row) => row.rowNumber)
    expect(await rowsIn(own)).toEqual([3])
    expect(await rowsIn(target)).toEqual([])
    expect(await previewUndo(db, own)).toMatchObject({ containers: 2 })
    expect(await previewUndo(db, target)).toMatchObject({ containers: 1 })
    expect((await trainLists.list(db, b, { offset: 0, limit: 5 })).rows).toMatchObject([
      { workbookId: target, containers: 1, counts: true },
    ])
    const claimed = await db.transaction().execute((tx) => claimTrain(tx, b))
    expect(claimed).toMatchObject({ containers: 2 })
    expect(await trainMoves.countMoved(db, claimed!)).toEqual([{ way: 'came', code: a, count: 1 }])
  })
})

/** The meaning of lists and moves, as the decision says it. */
function createModel() {
  const lists = new Map<number, List>()
  const moves = new Map<string, { readonly container: string; readonly from: string; to: string }>()
  const current = (code: string) =>
    [...lists.values()].filter((list) => list.code === code).toSorted((one, other) => other.day - one.day)[0]
  const read = (code: string): readonly string[] => {
    const own = current(code)?.containers ?? []
    const stay = own.filter((container) => {
      const away = moves.get(`${container} ${code}`)
      return !away || !current(away.to)
    })
    const came = [...moves.values()].filter(
      ({ container, from, to }) =>
        to === code &&
        !own.includes(container) &&
        [...lists.values()].some((list) => list.code === from && list.containers.includes(container)),
    )
    return [...new Set([...stay, ...came.map(({ container }) => container)])].toSorted()
  }
  return {
    lists,
    trains: () =>
      Object.fromEntries(
        [...new Set([...lists.values()].map(({ code }) => code))].toSorted().map((code) => [code, read(code)]),
      ),
    move(container: string, from: string, to: string) {
      const isOwn = current(from)?.containers.includes(container) && !moves.has(`${container} ${from}`)
      moves.delete(`${container} ${to}`)
      for (const move of moves.values()) if (move.container === container && move.to === from) move.to = to
      if (isOwn) moves.set(`${container} ${from}`, { container, from, to })
    },
  }
}

test('lists and moves mean the same in whatever order they come and go', async ({ db }) => {
  const codes = ['К25-073', 'К25-074', 'К25-075']
  const containers = [first, second, third]
  const model = createModel()
  // Numbers that are the same in each run.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  let moved = 0
  for (let day = 1; day <= 90; day += 1) {
    const chance = next(10)
    if (chance < 3) {
      const list = { code: codes[next(3)]!, day, containers: containers.filter(() => next(3) === 0) }
      model.lists.set(await importList(db, list), list)
    } else if (chance < 4) {
      const [id] = [...model.lists.keys()].slice(next(Math.max(1, model.lists.size)))
      if (id !== undefined) {
        await undo(db, id)
        model.lists.delete(id)
      }
    } else {
      const [from, to] = [codes[next(3)]!, codes[next(3)]!]
      const gone = await move(db, { from, to, containers: (model.trains()[from] ?? []).slice(0, 2) })
      for (const container of gone) model.move(container, from, to)
      moved += gone.length
    }
    expect(await trainsOf(db), `day ${day}`).toEqual(model.trains())
  }
  expect(moved).toBeGreaterThan(10)
})
