import { audit, companies, deliveries, members, people, type Person, personalData } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

const roles = ['admin', 'operator', 'viewer'] as const

export const listPeopleCommand: Command = {
  right: 'manage_people',
  usage: '',
  about: 'list everybody who has written to the bot',
  async run({ env, table }) {
    await using db = openDatabase(env)
    const { rows } = await companies.list(db, { offset: 0, limit: 10_000 })
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    table(
      ['telegram id', 'name', 'username', 'language', 'access', 'role', 'company', 'unreachable since (UTC)'],
      (await people.list(db)).map((person) => {
        const name = [person.firstName, person.lastName].filter(Boolean).join(' ')
        const { telegramId, username, language, access, role, unreachableSince } = person
        return [telegramId, name, username, language, access, role, companyOf(person, names), unreachableSince]
      }),
    )
  },
}

export const grantCommand: Command = {
  right: 'manage_people',
  usage: '<telegram id> <role> [--company <id>]',
  about: `let somebody in who has written to the bot; role: ${roles.join(', ')}; a viewer of a company sees its clients only`,
  options: { company: { type: 'string' } },
  async run({ args, options, env, print, actor }) {
    const telegramId = readId(args[0], 'a telegram id')
    const role = roles.find((name) => name === args[1])
    if (!role) throw new UsageError(`expected a role: ${roles.join(', ')}`)
    const companyId = typeof options['company'] === 'string' ? readId(options['company'], 'the id of a company') : null
    if (companyId !== null && role !== 'viewer') throw new UsageError('only a viewer has a company')
    await using db = openDatabase(env)
    const company = companyId === null ? undefined : await companies.find(db, companyId)
    if (companyId !== null && !company) throw new Error(`there is no company ${companyId}`)
    await db.transaction().execute(async (tx) => {
      const wasIn = (await people.findByTelegramId(tx, telegramId))?.access === 'granted'
      const person = await people.grant(tx, telegramId, role, companyId)
      if (!person) throw new Error(`nobody with id ${telegramId} has written to the bot`)
      const details = { role, ...(companyId !== null && { companyId }) }
      const action = wasIn ? 'access.changed' : 'access.granted'
      await audit.insert(tx, { ...actor, action, object: `person:${person.id}`, details })
      const params = { role, companyName: company?.name ?? null }
      // The sweep of the next minute sends it.
      await deliveries.insertMessage(tx, {
        kind: 'alert',
        audience: 'anybody',
        chatId: telegramId,
        personId: person.id,
        notice: wasIn ? notice('access_changed', params) : notice('access_granted', params),
      })
    })
    print(companyId === null ? `${telegramId} is ${role}` : `${telegramId} is ${role} of company ${companyId}`)
  },
}

export const dismissCommand: Command = {
  right: 'manage_people',
  usage: '<telegram id>',
  about: 'withdraw the access of somebody, or decline their request; an admin of ADMIN_CHAT_ID stays',
  async run({ args, env, print, actor }) {
    const telegramId = readId(args[0], 'a telegram id')
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      const person = await people.findByTelegramId(tx, telegramId)
      if (!person) throw new Error(`nobody with id ${telegramId} has written to the bot`)
      if (!(await members.dismiss(tx, person.id, { decidedBy: null }))) throw new Error(`${telegramId} has no access`)
      const isDeclined = person.access === 'requested'
      const action = isDeclined ? 'access.denied' : 'access.taken'
      await audit.insert(tx, { ...actor, action, object: `person:${person.id}` })
      if (!isDeclined) return
      // A person who waits for an answer gets one, as from an admin in the chat.
      const to = { kind: 'alert', audience: 'anybody', chatId: telegramId, personId: person.id } as const
      await deliveries.insertMessage(tx, { ...to, notice: notice('access_denied', {}) })
    })
    print(`${telegramId} has no access any more`)
  },
}

function companyOf({ companyId }: Person, names: ReadonlyMap<number, string>): string | null {
  return companyId === null ? null : (names.get(companyId) ?? '(removed: sees nothing)')
}

export const erasePersonCommand: Command = {
  right: 'manage_people',
  usage: '<telegram id> [--yes]',
  about: 'erase the data stored about a person who asks for it; without --yes show how much it is',
  options: { yes: { type: 'boolean' } },
  async run({ args, options, env, actor, print, table }) {
    const telegramId = readId(args[0], 'a telegram id')
    await using db = openDatabase(env)
    const person = await people.findByTelegramId(db, telegramId)
    if (!person) throw new Error(`nobody with id ${telegramId} has written to the bot`)
    if (options['yes'] !== true) {
      const counts = Object.entries(await personalData.count(db, person.id))
      return table(['what', 'rows'], counts)
    }
    await db.transaction().execute((tx) => personalData.erase(tx, person.id, actor))
    print(`${telegramId} is erased`)
  },
}
