import { writeFile } from 'node:fs/promises'
import { audit, type Db, people, reports, storedFiles, subscriptions } from '@atermtrack/data'
import { nextSlot, type Slot } from '@atermtrack/domain'
import { buildReport } from '@atermtrack/queue'
import { awaitRows, readWait, waitOption } from '../await-rows.ts'
import { type Command, type CommandInput, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { enqueue } from '../enqueue.ts'

/** The report of the next slot as its reader will get it, for a look at it; nobody is sent anything. */
export const rehearseReportCommand: Command = {
  right: 'force_reports',
  usage: '<subscription id> --out <file> [--wait <seconds>]',
  about:
    'write the workbook of the next report of a subscription to --out, which does not exist yet; send it to nobody',
  options: { ...waitOption, out: { type: 'string' } },
  async run({ args, options, env, actor, print }) {
    const subscriptionId = readId(args[0], 'the id of a subscription')
    const path = options['out']
    if (typeof path !== 'string' || path === '') throw new UsageError('expected --out and the path to write to')
    const until = readWait(options)
    await using db = openDatabase(env)
    const reportId = await order(db, subscriptionId, actor)
    await enqueue(env, buildReport, { reportId })
    const report = await awaitRows(async () => {
      const state = await reports.findState(db, reportId)
      return state?.status === 'pending' ? undefined : state
    }, until)
    if (!report) throw new Error(`report ${reportId} is not built yet: is the reporter running?`)
    const { status, reason, size, rowCount } = report
    if (status !== 'built') throw new Error(`report ${reportId} is ${[status, reason].filter(Boolean).join(': ')}`)
    const content = await storedFiles.readWhole(db, { source: { kind: 'report', reportId }, size })
    await writeFile(path, content, { flag: 'wx' })
    print(`${rowCount ?? 0} rows are written to ${path}`)
  },
}

async function order(db: Db, subscriptionId: number, actor: CommandInput['actor']): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const subscription = await subscriptions.findOfAnybody(tx, subscriptionId)
    if (!subscription) throw new Error(`there is no subscription ${subscriptionId}`)
    const { personId, name, slots, weekdays, zone } = subscription
    const next = nextSlot({ slots: slots as readonly Slot[], weekdays, zone, after: new Date() })
    if (!next) throw new Error(`subscription ${subscriptionId} has no next report`)
    const { telegramId: chatId } = await people.get(tx, personId)
    const ask = { personId, chatId, subscriptionId, name, slotAt: next.plannedAt }
    const { id } = await reports.insertUnsentRehearsal(tx, ask)
    await audit.insert(tx, { ...actor, action: 'report.rehearsed', object: `subscription:${subscriptionId}` })
    return id
  })
}
