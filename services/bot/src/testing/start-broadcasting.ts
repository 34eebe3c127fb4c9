import type { Db } from '@atermtrack/data'
import { type Queues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { PersonHandle, Sandbox, SeenMessage } from '@atermtrack/sandbox'
import { fixedSettings } from '@atermtrack/settings'
import { type Fixtures, onTestFinished, openHealth } from '@atermtrack/testkit'
import { startSending } from '../deliveries/start-sending.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, boris, openTestQueues, openTo, startTestBot, token } from './start-test-bot.ts'

export const vera = 1003

const logger = createLogger({ service: 'test', level: 'silent' })

export type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

export interface Started {
  readonly sandbox: Sandbox
  readonly admin: PersonHandle
  readonly queues: Queues
}

/** A bot that sends. Анна is the admin; she, Борис and Вера have access. */
export async function start(
  { db, redisUrl, queuePrefix }: Place,
  admins: readonly number[] = [anna],
): Promise<Started> {
  for (const id of [anna, boris, vera]) await aPerson(db, id)
  const queues = openTestQueues({ redisUrl, queuePrefix })
  const policy = openTo(admins, { mode: 'approval' })
  const parts = { db, redisUrl, queuePrefix, adminChatIds: admins, accessMode: 'approval' as const }
  const { sandbox } = await startTestBot(parts)
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const sending = startSending({
    db,
    api,
    logger,
    health: openHealth(),
    redisUrl,
    queuePrefix,
    queues,
    settings: fixedSettings({ policy, scheduleZone: 'Asia/Vladivostok' }),
    progressEveryMs: 200,
  })
  onTestFinished(async () => {
    await sending[Symbol.asyncDispose]()
    await api[Symbol.asyncDispose]()
  })
  return { sandbox, admin: sandbox.person(anna), queues }
}

export async function aPerson(db: Db, telegramId: number, columns: object = {}): Promise<void> {
  const person = { telegramId, firstName: `Person ${telegramId}`, access: 'granted' as const, ...columns }
  await db.insertInto('person').values(person).execute()
}

/** Begins a broadcast: the next message of the admin is its content. */
export async function begin(admin: PersonHandle): Promise<void> {
  await admin.say('/broadcast')
  await admin.waitForReply({ where: hasText('Пришлите сообщение рассылки') })
}

/** Presses the button, and waits for a message that has the next one. */
export async function press(
  admin: PersonHandle,
  button: string,
  next: (message: SeenMessage) => boolean,
): Promise<SeenMessage> {
  await admin.press(({ text }) => text.includes(button))
  return admin.waitForReply({ where: next })
}

export function hasButton(text: string): (message: SeenMessage) => boolean {
  return ({ reply_markup }) =>
    reply_markup?.inline_keyboard.flat().some((button) => button.text.includes(text)) === true
}

export function hasText(part: string): (message: SeenMessage) => boolean {
  return ({ text }) => text?.includes(part) === true
}

/** The messages of the bot to a person. */
export function received(sandbox: Sandbox, id: number): readonly SeenMessage[] {
  return sandbox
    .person(id)
    .messages()
    .filter(({ from }) => from.is_bot)
}

export async function actionsOf(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('audit').select('action').orderBy('id').execute()
  return rows.map(({ action }) => action.replace('broadcast.', ''))
}
