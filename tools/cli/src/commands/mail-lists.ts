import { audit, type MailListChange, mailLists } from '@atermtrack/data'
import { cleanText, eventKinds, parseEmailAddress, parseTrainCode } from '@atermtrack/domain'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { textTable } from '../text-table.ts'

export const listMailListsCommand: Command = {
  usage: '',
  about: 'list the address lists that get mails about events',
  async run({ env, print }) {
    await using db = openDatabase(env)
    const rows = await mailLists.list(db)
    const all = (parts: readonly string[]) => (parts.length === 0 ? 'all' : parts.join(', '))
    print(
      textTable(
        ['id', 'name', 'addresses', 'events', 'clients', 'trains'],
        rows.map(({ id, name, addresses, eventKinds: kinds, clients, trains }) => [
          id,
          name,
          addresses.join(', '),
          kinds.join(', '),
          all(clients),
          all(trains),
        ]),
      ),
    )
  },
}

export const addMailListCommand: Command = {
  usage: '<name> …',
  about: 'add an address list; it gets mails about unloadings once it has addresses',
  async run({ args, env, print }) {
    const name = cleanText(args.join(' '))
    if (name === '' || name.length > 60) throw new UsageError('expected a name of at most 60 characters')
    await using db = openDatabase(env)
    const id = await db.transaction().execute(async (tx) => {
      const list = await mailLists.insert(tx, name)
      if (!list) throw new Error(`there are ${mailLists.mostLists} lists already`)
      await audit.insert(tx, { action: 'mail_list.added', object: `mail_list:${list.id}` })
      return list.id
    })
    print(`list ${id} is added`)
  },
}

export const changeMailListCommand: Command = {
  usage: '<list id> [--addresses a@b.c,…] [--events kind,…] [--clients part,…] [--trains К25-073,…]',
  about: 'change an address list; an empty text means all clients or trains, or no addresses',
  options: {
    addresses: { type: 'string' },
    events: { type: 'string' },
    clients: { type: 'string' },
    trains: { type: 'string' },
  },
  async run({ args, options, env, print }) {
    const id = readId(args[0], 'the id of a list')
    const changes = readChanges(options)
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      if (!(await mailLists.change(tx, id, changes))) throw new Error(`there is no list ${id}`)
      await audit.insert(tx, { action: 'mail_list.changed', object: `mail_list:${id}`, details: detailsOf(changes) })
    })
    print(`list ${id} is changed`)
  },
}

export const removeMailListCommand: Command = {
  usage: '<list id>',
  about: 'remove an address list',
  async run({ args, env, print }) {
    const id = readId(args[0], 'the id of a list')
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      if (!(await mailLists.remove(tx, id))) throw new Error(`there is no list ${id}`)
      await audit.insert(tx, { action: 'mail_list.removed', object: `mail_list:${id}` })
    })
    print(`list ${id} is removed`)
  },
}

function readChanges(options: Readonly<Record<string, string | boolean | undefined>>): MailListChange {
  const parts = (name: string) => {
    const text = options[name]
    return typeof text === 'string'
      ? text
          .split(',')
          .map((part) => cleanText(part))
          .filter(Boolean)
      : undefined
  }
  const [addresses, kinds, clients, trains] = ['addresses', 'events', 'clients', 'trains'].map(parts)
  const badAddress = addresses?.find((each) => parseEmailAddress(each) === undefined)
  if (badAddress !== undefined) throw new UsageError(`"${badAddress}" is no e-mail address`)
  if (addresses && addresses.length > mailLists.mostListAddresses)
    throw new UsageError(`expected at most ${mailLists.mostListAddresses} addresses`)
  const badKind = kinds?.find((each) => !eventKinds.some((kind) => kind === each))
  if (badKind !== undefined || kinds?.length === 0)
    throw new UsageError(`expected kinds of events among ${eventKinds.join(', ')}`)
  const codes = trains?.map((each) => parseTrainCode(each) ?? badTrain(each))
  return {
    ...(addresses && { addresses }),
    ...(kinds && { eventKinds: kinds }),
    ...(clients && { clients }),
    ...(codes && { trains: codes }),
  }
}

function detailsOf(changes: MailListChange): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, String(value)]))
}

function badTrain(text: string): never {
  throw new UsageError(`"${text}" is no code of a train`)
}
