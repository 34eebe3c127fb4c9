import { chatUsage, type Db, people } from '@atermtrack/data'
import { accessOf } from '@atermtrack/domain'
import { collectJobs } from '@atermtrack/outbox'
import type { KyselyPlugin } from 'kysely'
import type { Update, UserFromGetMe } from 'telegraf/types'
import { createAnswers, type OutgoingCall } from '../routing/answers.ts'
import { createContext } from '../routing/context.ts'
import type { Handle } from '../routing/feature.ts'
import { anna, openTo, usual } from './start-test-bot.ts'

/** A message of Anna, or the data of a button that she presses. */
export type Asked = { readonly text: string } | { readonly data: string }

export interface CountedAnswer {
  /** The statements between the update and its answer, without the bookkeeping around them. */
  readonly statements: number
  readonly calls: readonly OutgoingCall[]
}

/** Sends an update of Anna to the bot and counts the statements up to its answer, which must come. */
export async function countStatements(
  db: Db,
  asked: Asked,
  { handle, now }: { readonly handle: Handle; readonly now: Date },
): Promise<CountedAnswer> {
  const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const meeting = {
    person: await people.ensure(db, profile),
    dialog: undefined,
    usage: await chatUsage.count(db, anna),
    now: new Date(),
  }
  const update = toUpdate(asked)
  const answers = createAnswers(update)
  const counted = { count: 0 }
  await db
    .withPlugin(counting(counted))
    .transaction()
    .execute(async (transaction) => {
      const tx = collectJobs().collect(transaction)
      const bot = {} as UserFromGetMe
      const refreshCommands = () => undefined
      const access = accessOf(meeting.person, openTo())
      const { offeredTimes } = usual
      const rights = { access, own: access }
      await handle(createContext({ tx, update, bot, meeting, ...rights, now, offeredTimes, answers, refreshCommands }))
    })
  const { calls } = answers.collected()
  if (calls.length === 0) throw new Error('nothing was answered')
  return { statements: counted.count, calls }
}

function toUpdate(asked: Asked): Update {
  const from = { id: anna, is_bot: false, first_name: 'Анна' }
  const chat = { id: anna, type: 'private', first_name: 'Анна' } as const
  const message = { message_id: 1, date: 0, chat, from, text: 'text' in asked ? asked.text : '…' }
  if ('text' in asked) return { update_id: 1, message }
  return { update_id: 1, callback_query: { id: '1', from, message, chat_instance: '1', data: asked.data } }
}

function counting(counted: { count: number }): KyselyPlugin {
  return {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      counted.count += 1
      return result
    },
  }
}
