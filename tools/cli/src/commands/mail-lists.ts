import { audit, type MailListChange, mailLists } from '@atermtrack/data'
import {
  eventKinds,
  type MailListField,
  mailListFields,
  mostMailListParts,
  readMailListField,
  readMailListName,
} from '@atermtrack/domain'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

export const listMailListsCommand: Command = {
  right: 'manage_mail_lists',
  usage: '',
  about: 'list the address lists that get mails about events',
  async run({ env, table }) {
    await using db = openDatabase(env)
    const rows = await mailLists.list(db)
    const all = (parts: readonly string[]) => (parts.length === 0 ? 'all' : parts.join(', '))
    table(
      ['id', 'name', 'addresses', 'events', 'clients', 'trains'],
      rows.map(({ id, name, addresses, eventKinds: kinds, clients, trains }) => [
        id,
        name,
        addresses.join(', '),
        kinds.join(', '),
        all(clients),
        all(trains),
      ]),
    )
  },
}

export const addMailListCommand: Command = {
  right: 'manage_mail_lists',
  usage: '<name> …',
  about: 'add an address list; it gets mails about unloadings once it has addresses',
  async run({ args, env, print, actor }) {
    const name = readMailListName(args.join(' '))
    if (name === undefined) throw new UsageError('expected a name of at most 60 characters')
    await using db = openDatabase(env)
    const id = await db.transaction().execute(async (tx) => {
      const list = await mailLists.insert(tx, name)
      if (!list) throw new Error(`there are ${mailLists.mostLists} lists already`)
      await audit.insert(tx, { ...actor, action: 'mail_list.added', object: `mail_list:${list.id}` })
      return list.id
    })
    print(`list ${id} is added`)
  },
}

export const changeMailListCommand: Command = {
  right: 'manage_mail_lists',
  usage: '<list id> [--addresses a@b.c,…] [--events kind,…] [--clients part,…] [--trains К25-073,…]',
  about: 'change an address list; an empty text means all clients or trains, or no addresses',
  options: {
    addresses: { type: 'string' },
    events: { type: 'string' },
    clients: { type: 'string' },
    trains: { type: 'string' },
  },
  async run({ args, options, env, print, actor }) {
    const id = readId(args[0], 'the id of a list')
    const changes = readChanges(options)
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      if (!(await mailLists.change(tx, id, changes))) throw new Error(`there is no list ${id}`)
      await audit.insert(tx, {
        ...actor,
        action: 'mail_list.changed',
        object: `mail_list:${id}`,
        details: mailLists.detailsOf(changes),
      })
    })
    print(`list ${id} is changed`)
  },
}

export const removeMailListCommand: Command = {
  right: 'manage_mail_lists',
  usage: '<list id>',
  about: 'remove an address list',
  async run({ args, env, print, actor }) {
    const id = readId(args[0], 'the id of a list')
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      if (!(await mailLists.remove(tx, id))) throw new Error(`there is no list ${id}`)
      await audit.insert(tx, { ...actor, action: 'mail_list.removed', object: `mail_list:${id}` })
    })
    print(`list ${id} is removed`)
  },
}

function readChanges(options: Readonly<Record<string, string | boolean | undefined>>): MailListChange {
  const named: Readonly<Record<MailListField, string | boolean | undefined>> = {
    addresses: options['addresses'],
    eventKinds: options['events'],
    clients: options['clients'],
    trains: options['trains'],
  }
  return Object.fromEntries(
    mailListFields.flatMap((field) => {
      const text = named[field]
      return typeof text === 'string' ? [[field, readParts(field, text)]] : []
    }),
  )
}

function readParts(field: MailListField, text: string): readonly string[] {
  const read = readMailListField(field, text)
  if (read.kind === 'read') return read.parts
  if (read.kind === 'too_many') throw new UsageError(`expected at most ${mostMailListParts} parts`)
  if (field === 'eventKinds') throw new UsageError(`expected kinds of events among ${eventKinds.join(', ')}`)
  throw new UsageError(`"${read.kind === 'bad' ? read.part : ''}" is no ${nouns[field]}`)
}

const nouns = { addresses: 'e-mail address', clients: 'part of a name', trains: 'code of a train' } as const
