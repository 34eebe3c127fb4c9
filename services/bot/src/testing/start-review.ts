import { createHash } from 'node:crypto'
import { type Db, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { importWorkbook, pollMailbox, startWorker, undoImport } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { PersonHandle, SeenMessage } from '@atermtrack/sandbox'
import { fixedSettings } from '@atermtrack/settings'
import { type Fixtures, onTestFinished, openHealth } from '@atermtrack/testkit'
import { startSending } from '../deliveries/start-sending.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, openTestQueues, openTo, startTestBot, token } from './start-test-bot.ts'

const logger = createLogger({ service: 'bot', level: 'silent' })

/** Анна and Борис are admins, Вера (1003) is a viewer. */
export async function start({ db, redisUrl, queuePrefix }: Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>) {
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  const queues = openTestQueues({ redisUrl, queuePrefix })
  const enqueued: string[] = []
  const working = { ...connection, health: openHealth() }
  const workers = [
    startWorker(importWorkbook, async ({ workbookId }) => void enqueued.push(`import ${workbookId}`), working),
    startWorker(pollMailbox, async ({ mailbox, byHand }) => void enqueued.push(`poll ${mailbox} ${byHand}`), working),
    startWorker(undoImport, async ({ workbookId }) => void enqueued.push(`undo ${workbookId}`), working),
  ]
  onTestFinished(async () => {
    await Promise.all(workers.map(async (part) => part[Symbol.asyncDispose]()))
  })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna, boris] })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const place = { db, api, logger, health: openHealth(), redisUrl, queuePrefix }
  const sending = startSending({
    ...place,
    settings: fixedSettings({ policy: openTo([anna, boris]), scheduleZone: 'Asia/Vladivostok' }),
    queues,
  })
  onTestFinished(async () => {
    await sending[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
  return { sandbox, first: sandbox.person(anna), second: sandbox.person(boris), enqueued }
}

/** Presses a button under an older message and returns what the toast says. */
export async function pressLate(person: PersonHandle, data: string): Promise<string> {
  if (person.messages().length === 0) {
    await person.say('/help')
    await person.waitForReply()
  }
  const message = person.messages().findLast(({ from }) => from.is_bot)
  if (!message) throw new Error('the bot has said nothing')
  return (await person.waitForAnswer(await person.pressData(data, message))).text
}

let arrivals = 0

export async function aWorkbook(db: Db, verdict: WorkbookVerdict): Promise<number> {
  arrivals += 1
  const content = Buffer.from(`workbook ${arrivals}`)
  const sha256 = createHash('sha256').update(content).digest()
  const arrival = { origin: 'mail', fileName: 'report.xlsx', content, sha256, receivedAt: new Date() } as const
  const id = (await workbooks.insert(db, arrival)) ?? 0
  await workbooks.finish(db, id, verdict)
  return id
}

export async function stateOf(db: Db, id: number) {
  return db.selectFrom('workbook').select(['status', 'reason']).where('id', '=', id).executeTakeFirstOrThrow()
}

export async function audited(db: Db) {
  return db.selectFrom('audit').select(['action', 'details']).orderBy('id').execute()
}

export function says(text: string): (message: SeenMessage) => boolean {
  return (message) => message.text?.includes(text) === true
}

export function hasButton(text: string): (message: SeenMessage) => boolean {
  return ({ reply_markup }) => reply_markup?.inline_keyboard.flat().some((button) => button.text === text) === true
}
