import {
  audit,
  type Db,
  type Decision as Decided,
  type ReviewedWorkbook,
  isAcceptedStatus,
  reviewQueue,
} from '@atermtrack/data'
import { type AuditAction, columnLetters, guardOf, isAcceptable, isMappable } from '@atermtrack/domain'
import { kindName, reasonSentence } from '@atermtrack/messages'
import { importWorkbook, type QueueContract } from '@atermtrack/queue'
import type { Env } from '@atermtrack/runtime'
import { type Command, type CommandInput, readId } from '../../command.ts'
import { openDatabase } from '../../connections.ts'
import { enqueueEach } from '../../enqueue.ts'
import type { Cell } from '../../text-table.ts'

const rowsShown = 20
const longestRow = 300

export const showWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id>',
  about: 'show the facts of a workbook: its state, the decisions about it, remarks and first rows',
  async run({ args, env, table }) {
    await using db = openDatabase(env)
    const workbook = await getWorkbook(db, readId(args[0], 'the id of a workbook'))
    showFacts(workbook, await reviewQueue.listDecisions(db, workbook.id), table)
  },
}

export const acceptWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id>',
  about: 'import a quarantined workbook all the same, lifting the guard that holds it',
  run: async ({ args, env, print, actor }) =>
    decide(
      { env, print, actor, id: args[0], queue: importWorkbook },
      'workbook.accepted',
      async (db, { id, reason }) => {
        if (reason === null || !isAcceptable(reason)) return false
        return reviewQueue.accept(db, id, { reason, override: guardOf(reason) })
      },
    ),
}

export const rejectWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id>',
  about: 'refuse a quarantined workbook for good',
  run: async ({ args, env, print, actor }) =>
    decide({ env, print, actor, id: args[0] }, 'workbook.rejected', async (db, { id }) => reviewQueue.reject(db, id)),
}

export const replayWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id>',
  about: 'import a duplicate, held, quarantined or refused workbook again',
  run: async ({ args, env, print, actor }) =>
    decide({ env, print, actor, id: args[0], queue: importWorkbook }, 'workbook.replayed', async (db, { id }) =>
      reviewQueue.replay(db, id),
    ),
}

interface Decision {
  readonly env: Env
  readonly print: (text: string) => void
  readonly actor: CommandInput['actor']
  readonly id: string | undefined
  /** The queue that takes over after the decision. */
  readonly queue?: QueueContract<{ workbookId: number }>
}

/** The outcome of a decision: false when the state of the workbook does not allow it, else the other workbooks that it concerns. */
type Outcome = boolean | { readonly others: readonly number[] }

/** Changes the state of a workbook, records who did so, and enqueues what follows. Throws when its state does not allow it. */
export async function decide(
  { env, print, actor, id: text, queue }: Decision,
  action: AuditAction,
  change: (db: Db, workbook: ReviewedWorkbook) => Promise<Outcome>,
): Promise<void> {
  const id = readId(text, 'the id of a workbook')
  await using db = openDatabase(env)
  const others = await db.transaction().execute(async (tx) => {
    const workbook = await getWorkbook(tx, id)
    const outcome = await change(tx, workbook)
    if (outcome === false) throw new Error(refusal(workbook, action))
    await audit.insert(tx, { ...actor, action, object: `workbook:${id}`, details: { from: workbook.status } })
    const likes = outcome === true ? [] : outcome.others
    for (const like of likes) {
      await audit.insert(tx, { ...actor, action, object: `workbook:${like}`, details: { with: id } })
    }
    return likes
  })
  if (!queue) return print(`the decision about workbook ${id} is recorded`)
  const ids = [id, ...others]
  const taken = await enqueueEach(
    env,
    queue,
    ids.map((workbookId) => ({ workbookId })),
  )
  for (const [place, workbookId] of ids.entries())
    print(`workbook ${workbookId} ${taken[place] ? 'is queued' : 'waits for the sweep, Redis does not answer'}`)
}

/** Says why a decision does not apply to a workbook, and which ones do. */
export function refusal(workbook: ReviewedWorkbook, action: string): string {
  const { id, status, reason } = workbook
  const state = [status, reason].filter(Boolean).join(': ')
  const possible = status === 'quarantined' ? whileWaiting(workbook) : afterwards(workbook)
  const hint = possible.length === 0 ? 'nothing can be done about it now' : `what can be done: ${possible.join(', ')}`
  return `workbook ${id} is ${state}, ${action} does not apply; ${hint}`
}

function whileWaiting({ reason, kind }: ReviewedWorkbook): readonly string[] {
  return [
    ...(isAcceptable(reason ?? '') ? ['accept'] : []),
    ...(isMappable(reason ?? '', kind) ? ['teach'] : []),
    'reject',
    'replay',
  ]
}

function afterwards(workbook: ReviewedWorkbook): readonly string[] {
  const { status, originalGoneAt } = workbook
  if (status === 'pending') return []
  if (!isAcceptedStatus(status)) return originalGoneAt ? [] : ['replay']
  return isUndoable(workbook) ? ['undo'] : []
}

/** Whether an undo may be asked for. */
export function isUndoable({ status, kind, reason, undoClosedAt }: ReviewedWorkbook): boolean {
  return isAcceptedStatus(status) && kind !== null && reason !== 'undo_requested' && !undoClosedAt
}

/** Finds everything known about a workbook. Throws when there is none. */
export async function getWorkbook(db: Db, id: number): Promise<ReviewedWorkbook> {
  const workbook = await reviewQueue.find(db, id)
  if (!workbook) throw new Error(`there is no workbook ${id}`)
  return workbook
}

function showFacts(workbook: ReviewedWorkbook, decisions: readonly Decided[], table: CommandInput['table']): void {
  const { reason, rowCount, kind, warnings, head } = workbook
  const facts: (readonly [string, Cell])[] = [
    ['file', workbook.fileName],
    ['bytes', workbook.size],
    ['original', workbook.originalGoneAt ? 'not stored any more' : undefined],
    ['undo', workbook.undoClosedAt ? 'not possible any more' : undefined],
    ['from', [workbook.origin, workbook.sender, workbook.subject].filter(Boolean).join(', ')],
    ['received (UTC)', workbook.receivedAt],
    ['status', workbook.status],
    ['reason', reason && reasonSentence(reason, 'en', workbook)],
    ['detail', workbook.reasonDetail?.slice(0, 300)],
    ['kind', kind && kindName(kind, 'en')],
    ['train', workbook.trainCode],
    ['transshipment', workbook.transshipmentStation],
    ['rows', rowCount],
    ['rows left out', workbook.skippedCount],
    ['new containers', workbook.newContainers],
    ['unknown columns', workbook.unknownColumns.join(', ')],
    ['data as of (UTC)', workbook.stamp],
  ]
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  const decided = decisions.map(({ at, by, action }) => [at, by ?? 'the console', action] as const)
  const remarks = warnings
    .slice(0, rowsShown)
    .map(({ sheet, row, column, value, problem }) => [sheet, row, column, value, problem] as const)
  const rows = head.slice(0, rowsShown).map((cells, n) => [n + 1, lettered(cells)] as const)
  table(['workbook', String(workbook.id)], known)
  if (decided.length > 0) table(['decided (UTC)', 'by', 'what'], decided)
  if (remarks.length > 0) table(['sheet', 'row', 'column', 'value', 'remark'], remarks)
  if (rows.length > 0) table(['#', 'first rows'], rows)
}

/** The cells of a row with the column letters that `workbooks teach` takes. */
function lettered(cells: readonly string[]): string {
  return cells
    .flatMap((cell, column) => (cell === '' ? [] : [`${columnLetters(column)}=${cell}`]))
    .join(' | ')
    .slice(0, longestRow)
}
