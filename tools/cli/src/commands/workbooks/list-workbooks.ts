import { workbooks, type WorkbookStatus } from '@atermtrack/data'
import { type Command, readId, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'

const statuses = {
  pending: true,
  imported: true,
  duplicate: true,
  history_only: true,
  held: true,
  quarantined: true,
  refused: true,
} as const satisfies Record<WorkbookStatus, true>

export const listWorkbooksCommand: Command = {
  right: 'review_workbooks',
  usage: '[--status <status>] [--limit <n>]',
  about: `list workbooks, newest first; status: ${Object.keys(statuses).join(', ')}`,
  options: { status: { type: 'string' }, limit: { type: 'string', default: '50' } },
  async run({ options, env, table }) {
    const status = readStatus(options['status'])
    const limit = readId(String(options['limit']), 'a limit')
    await using db = openDatabase(env)
    const rows = await workbooks.list(db, { status, limit })
    table(
      ['id', 'received (UTC)', 'origin', 'sender', 'file', 'status', 'kind', 'rows', 'reason'],
      rows.map(({ id, receivedAt, origin, sender, fileName, status, kind, rowCount, reason, reasonDetail }) => {
        const why = [reason, reasonDetail?.slice(0, 80)].filter(Boolean).join(': ')
        return [id, receivedAt, origin, sender, fileName, status, kind, rowCount, why]
      }),
    )
  },
}

function readStatus(text: string | boolean | undefined): WorkbookStatus | undefined {
  if (text === undefined) return undefined
  if (typeof text === 'string' && Object.hasOwn(statuses, text)) return text as WorkbookStatus
  throw new UsageError(`there is no status ${text}`)
}
