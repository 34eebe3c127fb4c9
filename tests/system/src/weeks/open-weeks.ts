import { type Db, isOutage, reviewQueue } from '@atermtrack/data'
import { openQueues, type Queues, sendDigests, toJob, undoImport } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { aMessage, type Fixtures, type SimulatedFile, simulatedMessage, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { imapEnv } from '../main-job.ts'
import type { ServiceEnv } from '../service-process.ts'

export type WeekServers = Pick<Fixtures, 'db' | 'databaseUrl' | 'redisUrl' | 'queuePrefix' | 'mailServer'>

/** The mailbox of simulated weeks, and their clock. */
export interface Weeks extends AsyncDisposable {
  /** Puts files into the mailbox as their senders do, and waits until everything that follows from them is done. */
  readonly mail: (...files: readonly SimulatedFile[]) => Promise<void>
  /** Puts a file into the mailbox for the second time, in a message of its own, and waits likewise. */
  readonly mailAgain: (file: SimulatedFile) => Promise<void>
  /** Puts the message of a file into the mailbox once more, as it is. */
  readonly copy: (file: SimulatedFile) => Promise<void>
  /** Undoes the import of a file, and waits likewise. */
  readonly undo: (file: SimulatedFile) => Promise<void>
  /** Lets a day pass for everything that waits. */
  readonly passTime: () => Promise<void>
  /** Waits until every message has left. */
  readonly untilSent: () => Promise<void>
}

const minuteMs = 60_000
const logger = createLogger({ service: 'test', level: 'silent' })

/** The settings of the ingester that reads the mailbox of simulated weeks. */
export function weeksEnv(mailServer: WeekServers['mailServer']): ServiceEnv {
  return { ...imapEnv(mailServer), ROSTER_SENDERS: 'dispatcher@forwarder.example', MAIL_WINDOW_DAYS: '3650' }
}

export function openWeeks({ db, redisUrl, queuePrefix, mailServer }: WeekServers): Weeks {
  const queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  let mailed = 0

  const append = async ({ mailedAt }: SimulatedFile, message: Buffer) =>
    void (await mailServer.append(message, { internalDate: mailedAt }))

  async function untilFollowed(what: string): Promise<void> {
    let newest: Imports | undefined
    const isFollowed = async () => {
      newest = await countWorkbooks(db)
      return newest.all === mailed && newest.open === 0
    }
    await waitUntil(unlessRestarting(isFollowed), {
      what: () => `everything that follows from ${what}: of ${String(mailed)} there are ${JSON.stringify(newest)}`,
      timeoutMs: 10 * minuteMs,
    })
  }

  return {
    async mail(...files) {
      mailed += files.length
      for (const file of files) await append(file, simulatedMessage(file))
      await untilFollowed(files.map(({ fileName }) => fileName).join(', '))
    },
    async mailAgain(file) {
      mailed += 1
      const { sender: from, subject, mailedAt: date, fileName, content } = file
      const messageId = `<again-${String(mailed)}@simulated.example>`
      await append(file, aMessage({ from, subject, date, messageId, attachments: [{ fileName, content }] }))
      await untilFollowed(`${fileName}, again`)
    },
    copy: async (file) => append(file, simulatedMessage(file)),
    async undo({ fileName }) {
      const { id } = await db
        .selectFrom('workbook')
        .select('id')
        .where('fileName', '=', fileName)
        .where('status', 'in', ['imported', 'history_only'])
        .executeTakeFirstOrThrow()
      if (!(await reviewQueue.requestUndo(db, id))) throw new Error(`${fileName} cannot be undone`)
      await queues.wake([toJob(undoImport, { workbookId: id })])
      const isUndone = async () =>
        (await db.selectFrom('workbook').select('reason').where('id', '=', id).executeTakeFirst())?.reason === 'undone'
      await waitUntil(isUndone, { what: `the undo of ${fileName}`, timeoutMs: 10 * minuteMs })
      await untilFollowed(`the undo of ${fileName}`)
    },
    passTime: async () => passTime(db, queues),
    async untilSent() {
      const isSent = async () => (await countUnsent(db)) === 0
      await waitUntil(isSent, { what: 'all messages to leave', timeoutMs: 10 * minuteMs })
    },
    [Symbol.asyncDispose]: () => queues[Symbol.asyncDispose](),
  }
}

/**
 * Lets messages leave as soon as they are written: what waits for a turn in its chat, or for more to happen, has waited since the step
 * before. Ends with its disposal, since the database is not of one test alone.
 */
export async function leaveAtOnce(db: Db): Promise<AsyncDisposable> {
  await sql`create function leave_at_once() returns trigger language plpgsql as $$
    begin new.not_before := now(); return new; end $$`.execute(db)
  await sql`create trigger leave_at_once before insert on delivery for each row execute function leave_at_once()`.execute(
    db,
  )
  return {
    async [Symbol.asyncDispose]() {
      await sql`drop trigger leave_at_once on delivery`.execute(db)
      await sql`drop function leave_at_once`.execute(db)
    },
  }
}

/** A condition that does not hold while the database restarts. */
export function unlessRestarting(condition: () => Promise<boolean>): () => Promise<boolean> {
  return async () => {
    try {
      return await condition()
    } catch (error) {
      if (isOutage(error)) return false
      throw error
    }
  }
}

async function passTime(db: Db, queues: Queues): Promise<void> {
  // What is held back until the quiet hours end becomes due twice.
  for (let step = 0; step < 2; step += 1) {
    await moveBack(db)
    const isReported = async () => {
      if ((await countDue(db)) === 0) return true
      await queues.wake([toJob(sendDigests, {})])
      return false
    }
    await waitUntil(isReported, { what: 'the messages that are due', timeoutMs: 10 * minuteMs })
  }
  // The date of a gathered message is over.
  await sql`update alert set topic = topic || '|' || id where form <> 'like'`.execute(db)
}

/** A day has passed for the messages about events. */
async function moveBack(db: Db): Promise<void> {
  const back = (column: string) => sql`${sql.ref(column)} = ${sql.ref(column)} - interval '24 hours'`
  const columns = ['due_at', 'open_until', 'reported_at', 'opened_at'].map(back)
  await sql`update alert set ${sql.join(columns)}`.execute(db)
}

interface Imports {
  readonly all: number
  /** Those that something is still to follow from. */
  readonly open: number
}

/** Counts the workbooks, by one statement: one can arrive between two. */
async function countWorkbooks(db: Db): Promise<Imports> {
  const rows = await db.selectFrom('workbook').select(['status', 'reason', 'eventsDueAt', 'alertsDueAt']).execute()
  const isOpen = ({ status, reason, eventsDueAt, alertsDueAt }: (typeof rows)[number]) =>
    status === 'pending' || reason === 'undo_requested' || eventsDueAt !== null || alertsDueAt !== null
  return { all: rows.length, open: rows.filter(isOpen).length }
}

async function countDue(db: Db): Promise<number> {
  return (
    await db
      .selectFrom('alert')
      .select('id')
      .where('dueAt', '<=', sql<Date>`now()`)
      .execute()
  ).length
}

async function countUnsent(db: Db): Promise<number> {
  const unsent = await db
    .selectFrom('delivery')
    .select('id')
    .where('status', 'in', ['pending', 'retry', 'sending'])
    .execute()
  return unsent.length
}

/** How many workbooks count. */
export async function countAccepted(db: Db): Promise<number> {
  const accepted = await db
    .selectFrom('workbook')
    .select('id')
    .where('status', 'in', ['imported', 'history_only'])
    .execute()
  return accepted.length
}
