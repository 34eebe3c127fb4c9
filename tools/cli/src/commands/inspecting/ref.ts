import { failedAnswers } from '@atermtrack/data'
import { type Command, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'

const listed = 50

/** What is behind the code of an apology. */
export const refCommand: Command = {
  right: 'inspect_health',
  usage: '[<code>]',
  about: 'show what is behind the code that an apology of the bot names; without a code the last 50 failures',
  async run({ args: [code], env, print, table }) {
    if (code !== undefined && !/^[0-9a-f]{6}$/i.test(code)) throw new UsageError('expected a code such as a1b2c3')
    await using db = openDatabase(env)
    const one = code === undefined ? undefined : await failedAnswers.find(db, code.toLowerCase())
    if (code !== undefined && !one) throw new Error(`there is no code ${code}, or its record is deleted by now`)
    const failures = one ? [one] : await failedAnswers.list(db, listed)
    table(
      ['code', 'failed (UTC)', 'update', 'outcome', 'telegram id', 'chat', 'kind', 'name', 'error'],
      failures.map((failure) => {
        const { reference, failedAt, updateId, outcome, telegramId, chatType, kind, name, errorType } = failure
        return [reference, failedAt, updateId, outcome, telegramId, chatType, kind, name, errorType]
      }),
    )
    if (one) print(`${one.message}\n${one.stack}`)
  },
}
