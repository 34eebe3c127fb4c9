import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { audit, type Db, type FollowedWorkbook, workbooks } from '@atermtrack/data'
import { type DeclaredRoster, readableFileName, receiptTime } from '@atermtrack/domain'
import { kindName, reasonSentence } from '@atermtrack/messages'
import { importWorkbook } from '@atermtrack/queue'
import { awaitRows, readWait, waitOption } from '../../await-rows.ts'
import { type Command, type CommandInput, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'
import { enqueue } from '../../enqueue.ts'
import { declareRoster, rosterOptions } from '../trains/declare-roster.ts'

/** The import refuses far smaller files with a reason that is stored; this only spares the memory of this process. */
const mostBytes = 256 * 1024 * 1024

/** Their rows are in the data, now or from before. */
const successes: readonly string[] = ['imported', 'history_only', 'duplicate']

/** Hands files in as an admin does in the chat, and follows them to their end. */
export const importFilesCommand: Command = {
  right: 'import_workbook',
  usage:
    '<file> … [--as roster --train <code> [--destination <station>] [--date <YYYY-MM-DD>]] [--wait <seconds>] [--no-wait]',
  about:
    'import files as if they were sent to the bot, and show what becomes of them; 1 unless all are in the data then; --as roster takes a file with container numbers as the list of a train',
  options: {
    ...waitOption,
    'no-wait': { type: 'boolean' },
    as: { type: 'string' },
    train: { type: 'string' },
    ...rosterOptions(),
  },
  async run({ args, options, env, actor, print, table }) {
    if (args.length === 0) throw new UsageError('expected a file')
    const declared = readDeclaration(args, options)
    const until = readWait(options)
    for (const path of args) await checkFile(path)
    await using db = openDatabase(env)
    const ids: number[] = []
    for (const path of args) {
      const workbookId = await store(db, path, { actor, declared })
      ids.push(workbookId)
      const isQueued = await enqueue(env, importWorkbook, { workbookId })
      print(`${path} is workbook ${workbookId}${isQueued ? '' : ', which waits for the sweep, Redis does not answer'}`)
    }
    if (options['no-wait'] === true) return
    await follow(db, ids, { until, table })
  },
}

/** Waits until workbooks are read, and shows what has become of them; throws unless all are in the data. */
export async function follow(
  db: Db,
  ids: readonly number[],
  { until, table }: { readonly until: Date; readonly table: CommandInput['table'] },
): Promise<void> {
  await awaitRows(async () => ((await workbooks.listFollowed(db, ids)).some(isPending) ? undefined : true), until)
  show(await workbooks.listFollowed(db, ids), table)
}

/** Only of a list of containers can anybody say what it is: other reports without known headings do not tell their columns. */
function readDeclaration(args: readonly string[], options: CommandInput['options']): DeclaredRoster | undefined {
  const { as: kind, train, destination, date } = options
  if (kind === undefined) {
    if (train !== undefined || destination !== undefined || date !== undefined)
      throw new UsageError('--train, --destination and --date go with --as roster')
    return undefined
  }
  if (kind !== 'roster') throw new UsageError('--as takes "roster"; for a report use "workbooks teach <id>"')
  if (args.length > 1) throw new UsageError('--as roster takes one file')
  return declareRoster(typeof train === 'string' ? train : undefined, options)
}

async function checkFile(path: string): Promise<void> {
  // A pipe or a device may never end.
  const info = await stat(path)
  if (!info.isFile()) throw new Error(`${path} is not a file`)
  if (info.size === 0) throw new Error(`${path} is empty`)
  if (info.size > mostBytes) throw new Error(`${path} is bigger than ${mostBytes / 1024 / 1024} MB`)
}

async function store(
  db: Db,
  path: string,
  { actor, declared }: Pick<CommandInput, 'actor'> & { readonly declared: DeclaredRoster | undefined },
): Promise<number> {
  const { mtime } = await stat(path)
  const content = await readFile(path)
  const sha256 = createHash('sha256').update(content).digest()
  const fileName = readableFileName(basename(path)) ?? 'без имени'
  return db.transaction().execute(async (tx) => {
    // A report that does not say when it was formed is as old as its file, as in the drop folder.
    const receivedAt = receiptTime(mtime, new Date())
    const arrival = { origin: 'command_line', fileName, content, sha256, receivedAt, declared } as const
    const id = await workbooks.insert(tx, arrival)
    if (id === undefined) throw new Error(`${path} could not be stored`)
    await audit.insert(tx, { ...actor, action: 'workbook.added', object: `workbook:${id}` })
    return id
  })
}

function isPending({ status }: FollowedWorkbook): boolean {
  return status === 'pending'
}

function show(rows: readonly FollowedWorkbook[], table: CommandInput['table']): void {
  table(
    ['id', 'file', 'status', 'kind', 'rows', 'rows left out', 'new containers', 'reason'],
    rows.map((row) => {
      const { id, fileName, status, kind, rowCount, skippedCount, newContainers, reason } = row
      const why = reason && reasonSentence(reason, 'en', row)
      return [id, fileName, status, kind && kindName(kind, 'en'), rowCount, skippedCount, newContainers, why]
    }),
  )
  if (rows.some(isPending)) throw new Error('not all files are read yet, see "workbooks show <id>" later')
  if (!rows.every(({ status }) => successes.includes(status))) throw new Error('not all files are in the data')
}
