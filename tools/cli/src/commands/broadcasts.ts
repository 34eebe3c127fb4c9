import { audit, broadcasts } from '@atermtrack/data'
import type { AuditAction } from '@atermtrack/domain'
import { expandBroadcast } from '@atermtrack/queue'
import { type Command, type CommandInput, readId } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { enqueue } from '../enqueue.ts'
import type { Cell } from '../text-table.ts'

type Broadcast = broadcasts.Broadcast
type Db = ReturnType<typeof openDatabase>

/** Drafts belong to their authors in the chat: nobody has this id. */
const nobody = 0
const longestText = 80

export const listBroadcastsCommand: Command = {
  right: 'broadcast',
  usage: '[--limit <n>]',
  about: 'list the broadcasts that were confirmed, newest first',
  options: { limit: { type: 'string', default: '20' } },
  async run({ options, env, table }) {
    const limit = readId(String(options['limit']), 'a limit')
    await using db = openDatabase(env)
    const { rows } = await broadcasts.listRecent(db, { authorId: nobody, offset: 0, limit })
    const lines: Cell[][] = []
    for (const row of rows) {
      const { sent, left, total } = await broadcasts.count(db, row.id)
      lines.push([row.id, row.createdAt, row.status, total, sent, left, row.text.slice(0, longestText)])
    }
    table(['id', 'composed (UTC)', 'status', 'messages', 'sent', 'left', 'text'], lines)
  },
}

export const showBroadcastCommand: Command = {
  right: 'broadcast',
  usage: '<id>',
  about: 'show how far a broadcast is',
  async run({ args, env, table }) {
    await using db = openDatabase(env)
    await show(db, await getBroadcast(db, args[0]), table)
  },
}

export const pauseBroadcastCommand = changing('pause a broadcast', 'broadcast.paused', async (db, id) =>
  broadcasts.move(db, id, { from: ['sending'], to: 'paused' }),
)
export const resumeBroadcastCommand = changing('go on with a broadcast', 'broadcast.resumed', async (db, id) =>
  broadcasts.move(db, id, { from: ['paused'], to: 'sending' }),
)
export const cancelBroadcastCommand = changing('end a broadcast for good', 'broadcast.cancelled', broadcasts.cancel)
export const recallBroadcastCommand = changing(
  `delete a broadcast for everybody, up to ${broadcasts.recallHours} hours after its end`,
  'broadcast.recalled',
  broadcasts.beginRecall,
)

function changing(about: string, action: AuditAction, change: (db: Db, id: number) => Promise<boolean>): Command {
  return {
    right: 'broadcast',
    usage: '<id>',
    about,
    async run({ args, env, actor, table }) {
      await using db = openDatabase(env)
      const { id } = await getBroadcast(db, args[0])
      await db.transaction().execute(async (tx) => {
        if (!(await change(tx, id)))
          throw new Error(`broadcast ${id} is ${await statusOf(tx, id)}: ${action} does not apply`)
        await audit.insert(tx, { ...actor, action, object: `broadcast:${id}` })
      })
      // The job shows the author what was done; without Redis the sweep brings it.
      await enqueue(env, expandBroadcast, { broadcastId: id })
      await show(db, await getBroadcast(db, String(id)), table)
    },
  }
}

/** Finds a broadcast that was confirmed; throws when there is none. */
async function getBroadcast(db: Db, text: string | undefined): Promise<Broadcast> {
  const id = readId(text, 'the id of a broadcast')
  const broadcast = await broadcasts.find(db, id)
  if (!broadcast || broadcast.status === 'draft') throw new Error(`there is no broadcast ${id}`)
  return broadcast
}

async function statusOf(db: Db, id: number): Promise<string> {
  return (await broadcasts.find(db, id))?.status ?? 'gone'
}

async function show(db: Db, broadcast: Broadcast, table: CommandInput['table']): Promise<void> {
  const { id, status, createdAt, sendAt, finishedAt, recalledAt, text } = broadcast
  const { total, sent, blocked, failed, unknown, cancelled, left } = await broadcasts.count(db, id)
  const facts: (readonly [string, Cell])[] = [
    ['status', status],
    ['composed (UTC)', createdAt],
    ['to be sent at (UTC)', sendAt],
    ['finished (UTC)', finishedAt],
    ['recalled (UTC)', recalledAt],
    ['text', text.slice(0, longestText)],
    ...Object.entries({ messages: total, sent, blocked, failed, unknown, cancelled, left }),
  ]
  table(
    ['broadcast', String(id)],
    facts.filter(([, value]) => value !== undefined && value !== ''),
  )
}
