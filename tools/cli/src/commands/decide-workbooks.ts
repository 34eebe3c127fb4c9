import { audit, type Db, type DeskWorkbook, workbookDesk } from '@atermtrack/data'
import { guardOf, isAcceptable, kindName, reasonSentence } from '@atermtrack/domain'
import { importWorkbook, openProducer, type QueueContract, undoImport } from '@atermtrack/queue'
import type { Env } from '@atermtrack/runtime'
import { type Command, readId } from '../command.ts'
import { openDatabase, queueConnection } from '../connections.ts'
import { textTable } from '../text-table.ts'

const rowsShown = 20

export const showWorkbookCommand: Command = {
  usage: '<id>',
  about: 'show what is known of a workbook: its state, remarks and first rows',
  async run({ args, env, print }) {
    await using db = openDatabase(env)
    print(describe(await getWorkbook(db, readId(args[0], 'the id of a workbook'))))
  },
}

export const acceptWorkbookCommand: Command = {
  usage: '<id>',
  about: 'import a quarantined workbook all the same, lifting the guard that holds it',
  run: async ({ args, env, print }) =>
    decide({ env, print, id: args[0], queue: importWorkbook }, 'workbook.accepted', async (db, { id, reason }) => {
      if (reason === null || !isAcceptable(reason)) return false
      return workbookDesk.accept(db, id, { reason, override: guardOf(reason) })
    }),
}

export const rejectWorkbookCommand: Command = {
  usage: '<id>',
  about: 'refuse a quarantined workbook for good',
  run: async ({ args, env, print }) =>
    decide({ env, print, id: args[0] }, 'workbook.rejected', async (db, { id }) => workbookDesk.reject(db, id)),
}

export const replayWorkbookCommand: Command = {
  usage: '<id>',
  about: 'import a duplicate, held, quarantined or refused workbook again',
  run: async ({ args, env, print }) =>
    decide({ env, print, id: args[0], queue: importWorkbook }, 'workbook.replayed', async (db, { id }) =>
      workbookDesk.replay(db, id),
    ),
}

export const undoWorkbookCommand: Command = {
  usage: '<id>',
  about: 'take an imported workbook out of the picture',
  run: async ({ args, env, print }) =>
    decide({ env, print, id: args[0], queue: undoImport }, 'workbook.undo_requested', async (db, { id }) =>
      workbookDesk.requestUndo(db, id),
    ),
}

export interface Decision {
  readonly env: Env
  readonly print: (text: string) => void
  readonly id: string | undefined
  /** The queue that works on from here. */
  readonly queue?: QueueContract<{ workbookId: number }>
}

/** Changes the state of a workbook, records who did so, and rings the bell. Throws when its state does not allow it. */
export async function decide(
  { env, print, id: text, queue }: Decision,
  action: string,
  change: (db: Db, workbook: DeskWorkbook) => Promise<boolean>,
): Promise<void> {
  const id = readId(text, 'the id of a workbook')
  await using db = openDatabase(env)
  await db.transaction().execute(async (tx) => {
    const workbook = await getWorkbook(tx, id)
    if (!(await change(tx, workbook))) {
      throw new Error(`workbook ${id} is ${[workbook.status, workbook.reason].filter(Boolean).join(': ')}`)
    }
    await audit.insert(tx, { action, object: `workbook:${id}`, details: { by: 'cli', from: workbook.status } })
  })
  if (!queue) return print(`workbook ${id} is settled`)
  await using bell = openProducer(queue, queueConnection(env))
  const isQueued = await bell.enqueue({ workbookId: id }).then(
    () => true,
    () => false,
  )
  print(`workbook ${id} ${isQueued ? 'is queued' : 'waits for the sweep, Redis does not answer'}`)
}

async function getWorkbook(db: Db, id: number): Promise<DeskWorkbook> {
  const workbook = await workbookDesk.find(db, id)
  if (!workbook) throw new Error(`there is no workbook ${id}`)
  return workbook
}

function describe(workbook: DeskWorkbook): string {
  const { id, fileName, status, reason, reasonDetail, kind, rowCount, stamp, sender, receivedAt, warnings, head } =
    workbook
  const facts = textTable(
    ['workbook', String(id)],
    [
      ['file', fileName],
      ['sender', sender],
      ['received (UTC)', receivedAt],
      ['status', status],
      ['reason', reason && reasonSentence(reason, 'en', workbook)],
      ['detail', reasonDetail?.slice(0, 300)],
      ['kind', kind && kindName(kind, 'en')],
      ['rows', rowCount],
      ['data as of (UTC)', stamp],
    ],
  )
  const remarks = warnings
    .slice(0, rowsShown)
    .map(({ sheet, row, column, value, problem }) => [sheet, row, column, value, problem] as const)
  const rows = head.slice(0, rowsShown).map((cells, n) => [n + 1, cells.join(' | ').slice(0, 200)] as const)
  return [
    facts,
    ...(remarks.length > 0 ? [textTable(['sheet', 'row', 'column', 'value', 'remark'], remarks)] : []),
    ...(rows.length > 0 ? [textTable(['#', 'first rows'], rows)] : []),
  ].join('\n\n')
}
