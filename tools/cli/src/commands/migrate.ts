import { migrate, type ServiceRole } from '@atermtrack/data'
import { databaseUrl, type Env, migrationEnv, readConfig } from '@atermtrack/runtime'
import type { Command } from '../command.ts'
import { makePasswordFile } from '../password-file.ts'

export const migrateCommand: Command = {
  right: 'migrate',
  usage: '',
  about: 'bring the database schema up to date, and make the role of DB_SERVICE_USER',
  async run({ env, print }) {
    await makeMissingPassword(env)
    const settings = readConfig(migrationEnv, env)
    const applied = await migrate({ url: databaseUrl(settings), serviceRole: serviceRoleOf(settings) })
    for (const name of applied) print(`applied ${name}`)
    if (applied.length === 0) print('the schema is up to date')
  },
}

/** The services read the same file, so nobody has to choose a password and no service knows the owner's. */
async function makeMissingPassword({ DB_SERVICE_USER, DB_SERVICE_PASS, DB_SERVICE_PASS_FILE }: Env): Promise<void> {
  if (DB_SERVICE_USER && !DB_SERVICE_PASS && DB_SERVICE_PASS_FILE) await makePasswordFile(DB_SERVICE_PASS_FILE)
}

function serviceRoleOf(settings: {
  readonly DB_SERVICE_USER?: string | undefined
  readonly DB_SERVICE_PASS?: string | undefined
}): ServiceRole | undefined {
  const { DB_SERVICE_USER: name, DB_SERVICE_PASS: password } = settings
  if (name === undefined) return undefined
  if (password === undefined)
    throw new Error('DB_SERVICE_USER needs DB_SERVICE_PASS, or a file named by DB_SERVICE_PASS_FILE')
  return { name, password }
}
