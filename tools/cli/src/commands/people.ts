import { people } from '@atermtrack/data'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { textTable } from '../text-table.ts'

const roles = ['admin', 'operator', 'viewer'] as const

export const listPeopleCommand: Command = {
  usage: '',
  about: 'list everybody who has written to the bot',
  async run({ env, print }) {
    await using db = openDatabase(env)
    print(
      textTable(
        ['telegram id', 'name', 'username', 'language', 'access', 'role', 'unreachable since (UTC)'],
        (await people.list(db)).map((person) => {
          const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
          const { telegramId, username, language, access, role, unreachableSince } = person
          return [telegramId, name, username, language, access, role, unreachableSince]
        }),
      ),
    )
  },
}

export const grantCommand: Command = {
  usage: '<telegram id> <role>',
  about: `let somebody in who has written to the bot; role: ${roles.join(', ')}`,
  async run({ args, env, print }) {
    const telegramId = readId(args[0], 'a telegram id')
    const role = roles.find((name) => name === args[1])
    if (!role) throw new UsageError(`expected a role: ${roles.join(', ')}`)
    await using db = openDatabase(env)
    if (!(await people.grant(db, telegramId, role)))
      throw new Error(`nobody with id ${telegramId} has written to the bot`)
    print(`${telegramId} is ${role}`)
  },
}
