import { type Db, people } from '@atermtrack/data'
import type { KyselyPlugin } from 'kysely'
import type { UserFromGetMe } from 'telegraf/types'
import { createAnswers } from '../answers.ts'
import { type BotContext, createContext } from '../context.ts'
import { anna } from './start-test-bot.ts'

/** How many statements an answer to Anna takes, beside the bookkeeping around it; there must be an answer. */
export async function countStatements(
  db: Db,
  now: Date,
  answer: (ctx: BotContext) => Promise<unknown>,
): Promise<number> {
  const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const meeting = { person: await people.ensure(db, profile), dialog: undefined }
  const from = { id: anna, is_bot: false, first_name: 'Анна' }
  const message = {
    message_id: 1,
    date: 0,
    chat: { id: anna, type: 'private', first_name: 'Анна' },
    from,
    text: '…',
  } as const
  const update = { update_id: 1, message }
  const answers = createAnswers(update)
  const statements = { count: 0 }
  await db
    .withPlugin(counting(statements))
    .transaction()
    .execute(async (tx) => {
      const bot = {} as UserFromGetMe
      const refreshCommands = () => undefined
      await answer(createContext({ tx, update, bot, meeting, isAdmin: false, now, answers, refreshCommands }))
    })
  if (answers.collected().calls.length === 0) throw new Error('nothing was answered')
  return statements.count
}

function counting(statements: { count: number }): KyselyPlugin {
  return {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      statements.count += 1
      return result
    },
  }
}
