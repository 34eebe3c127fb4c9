import { createHash } from 'node:crypto'
import { reasonSentence } from '@atermtrack/messages'
import type pg from 'pg'
import type { Mutant } from '../create-mutant.ts'
import type { Outcome } from '../outcome.ts'

/** A mutant delivered to the ingester, and its key in the database. */
export type Delivered =
  | { readonly via: 'folder'; readonly mutant: Mutant; readonly sha256: string }
  | { readonly via: 'mail'; readonly mutant: Mutant; readonly uid: number }

export interface Account {
  readonly outcome: Outcome
  /** The promise that this ending breaks. */
  readonly broken?: string
}

interface WorkbookRow {
  readonly status: string
  readonly reason: string | null
  readonly kind: string | null
  readonly rowCount: number | null
  readonly skippedCount: number | null
}

interface MessageRow {
  readonly status: string
  readonly reason: string | null
  readonly workbooks: readonly WorkbookRow[]
}

export function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Finds the ending of each delivered mutant, undefined while it has none. */
export async function findAccounts(
  client: pg.Client,
  delivered: readonly Delivered[],
): Promise<readonly (Account | undefined)[]> {
  const workbooks = await listWorkbooks(client, delivered)
  const messages = await listMessages(client, delivered)
  return delivered.map((item) => {
    if (item.via === 'mail') return accountOfMessage(messages.get(item.uid))
    const row = workbooks.get(item.sha256)
    return row && row.status !== 'pending' ? accountOf(item.mutant, row) : undefined
  })
}

/** Finds the mutants under way and those that wait for a retry: one of them causes the trouble of this moment. */
export async function findInHand(client: pg.Client, delivered: readonly Delivered[]): Promise<readonly Mutant[]> {
  const { rows } = await client.query<{ readonly sha256: string; readonly uid: number | null }>(
    `select encode(coalesce(archive.sha256, workbook.sha256), 'hex') as sha256, uid::integer from workbook
      left join workbook archive on archive.id = workbook.parent_id
      left join mail_message on mail_message.id = workbook.message_id
      where workbook.status = 'pending'
        and workbook.id <= (select max(id) from workbook where status <> 'pending' or attempts > 0)`,
  )
  const isInHand = (item: Delivered) =>
    rows.some(({ sha256, uid }) => (item.via === 'mail' ? uid === item.uid : sha256 === item.sha256))
  return delivered.filter(isInHand).map(({ mutant }) => mutant)
}

const columns = `'status', status, 'reason', reason, 'kind', kind, 'rowCount', row_count, 'skippedCount', skipped_count`

async function listWorkbooks(client: pg.Client, delivered: readonly Delivered[]) {
  const wanted = delivered.flatMap((item) => (item.via === 'folder' ? [item.sha256] : []))
  const { rows } = await client.query<{ readonly sha256: string; readonly row: WorkbookRow }>(
    `select encode(sha256, 'hex') as sha256, json_build_object(${columns}) as row from workbook
      where origin = 'drop_folder' and encode(sha256, 'hex') = any($1)`,
    [wanted],
  )
  return new Map(rows.map(({ sha256, row }) => [sha256, row]))
}

async function listMessages(client: pg.Client, delivered: readonly Delivered[]) {
  const wanted = delivered.flatMap((item) => (item.via === 'mail' ? [item.uid] : []))
  const { rows } = await client.query<MessageRow & { readonly uid: number }>(
    `select uid::integer, status, reason, coalesce((select json_agg(json_build_object(${columns}))
      from workbook where message_id = mail_message.id), '[]') as workbooks from mail_message where uid = any($1)`,
    [wanted],
  )
  return new Map(rows.map((row) => [row.uid, row]))
}

function accountOf({ kind }: Mutant, row: WorkbookRow): Account {
  const broken = brokenBy(row)
  return { outcome: { kind, ending: row.status, reason: row.reason ?? undefined }, ...(broken && { broken }) }
}

/** A message has ended when it was skipped, or when all its workbooks have ended. */
function accountOfMessage(row: MessageRow | undefined): Account | undefined {
  if (!row || row.workbooks.some(({ status }) => status === 'pending')) return undefined
  const outcome = { kind: 'eml', ending: `message ${row.status}`, reason: row.reason ?? undefined } as const
  const broken =
    row.status === 'stored'
      ? row.workbooks.length === 0
        ? 'a message was stored and brought nothing'
        : row.workbooks.map(brokenBy).find((reason) => reason !== undefined)
      : row.reason === null
        ? `a message was ${row.status} without a reason`
        : undefined
  return { outcome, ...(broken !== undefined && { broken }) }
}

function brokenBy({ status, reason, kind, rowCount, skippedCount }: WorkbookRow): string | undefined {
  if (reason === 'import_failed' || reason === 'too_slow') return `a workbook was ${status} as ${reason}`
  if (reason !== null && reasonSentence(reason, 'en') === reason) return `nobody could say what "${reason}" means`
  if (status !== 'imported' && reason === null) return `a workbook was ${status} without a reason`
  const isTakenIn = status === 'imported' || status === 'history_only'
  // A quiet day of the terminal has no rows; one that had them and lost them all is no quiet day.
  const mayBeEmpty = kind === 'terminal_report' || kind === 'train_roster'
  if (isTakenIn && rowCount === 0 && (!mayBeEmpty || (skippedCount ?? 0) > 0))
    return `a ${kind} was ${status} with no row`
  return undefined
}
