import { audit, companies, type Company, type CompanyClient } from '@atermtrack/data'
import { cleanText, type CompanyScope, parseInn } from '@atermtrack/domain'
import { type Env, readConfig, serviceEnv } from '@atermtrack/runtime'
import { type Command, type CommandInput, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

const all = { offset: 0, limit: 10_000 }

type Db = ReturnType<typeof openDatabase>

export const listCompaniesCommand: Command = {
  right: 'manage_companies',
  usage: '',
  about: 'list the companies whose people see the containers of their clients only',
  async run({ env, table }) {
    await using db = openDatabase(env)
    const { rows } = await companies.list(db, all)
    table(
      ['id', 'name', 'clients', 'people', 'shared with all'],
      rows.map(({ id, name, clients, people, isShared }) => [id, name, clients, people, isShared ? 'yes' : 'no']),
    )
  },
}

export const addCompanyCommand: Command = {
  right: 'manage_companies',
  usage: '<name> …',
  about: 'add a company; its people see shared containers only until it has clients',
  async run({ args, env, print, actor }) {
    const name = cleanText(args.join(' '))
    if (name === '') throw new UsageError('expected a name')
    await using db = openDatabase(env)
    const id = await db.transaction().execute(async (tx) => {
      const company = await companies.insert(tx, name)
      if (!company) throw new Error(`there is a company "${name}" already`)
      await audit.insert(tx, { ...actor, action: 'company.added', object: `company:${company.id}` })
      return company.id
    })
    print(`company ${id} is added`)
  },
}

export const companyClientsCommand: Command = {
  right: 'manage_companies',
  usage: '<company id> [--add <name or ИНН>] [--remove <client id>]',
  about: 'list the clients of a company, add one or remove one',
  options: { add: { type: 'string' }, remove: { type: 'string' } },
  async run({ args, options, env, actor, print, table }) {
    const id = readId(args[0], 'the id of a company')
    await using db = openDatabase(env)
    const company = await companies.find(db, id)
    if (!company) throw new Error(`there is no company ${id}`)
    if (typeof options['add'] === 'string') await add(db, actor, company, cleanText(options['add']))
    if (typeof options['remove'] === 'string')
      await remove(db, actor, company, readId(options['remove'], 'the id of a client'))
    const { rows } = await companies.listClients(db, id, all)
    table(
      ['id', 'ИНН', 'name'],
      rows.map((client) => [client.id, client.inn, client.name]),
    )
    const { count, isCut } = await companies.countVisible(db, scopeOf(id, env))
    print(`sees ${isCut ? 'more than ' : ''}${count} containers`)
  },
}

function scopeOf(companyId: number, env: Env): CompanyScope {
  const { UNNAMED_CONTAINERS } = readConfig(serviceEnv.pick({ UNNAMED_CONTAINERS: true }), env)
  return { kind: 'company', companyId, seesUnnamed: UNNAMED_CONTAINERS === 'visible' }
}

async function add(db: Db, actor: CommandInput['actor'], { id }: Company, text: string): Promise<void> {
  const inn = parseInn(text)
  const client = inn === undefined ? { inn: null, name: text } : { inn, name: null }
  await db.transaction().execute(async (tx) => {
    if (!(await companies.addClient(tx, id, client))) throw new Error(`company ${id} has this client already`)
    await audit.insert(tx, {
      ...actor,
      action: 'company.client_added',
      object: `company:${id}`,
      details: detailsOf(client),
    })
  })
}

async function remove(db: Db, actor: CommandInput['actor'], { id }: Company, clientId: number): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const client = await companies.removeClient(tx, id, clientId)
    if (!client) throw new Error(`company ${id} has no client ${clientId}`)
    await audit.insert(tx, {
      ...actor,
      action: 'company.client_removed',
      object: `company:${id}`,
      details: detailsOf(client),
    })
  })
}

function detailsOf({ inn, name }: CompanyClient): audit.AuditDetails {
  return { ...(inn !== null && { inn }), ...(name !== null && { name }) }
}
