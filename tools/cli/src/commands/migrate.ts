import { migrate } from '@atermtrack/data'
import { databaseEnv, databaseUrl, readConfig } from '@atermtrack/runtime'
import type { Command } from '../command.ts'

export const migrateCommand: Command = {
  usage: '',
  about: 'bring the database schema up to date',
  async run({ env, print }) {
    const applied = await migrate({ url: databaseUrl(readConfig(databaseEnv, env)) })
    for (const name of applied) print(`applied ${name}`)
    if (applied.length === 0) print('the schema is up to date')
  },
}
