import { type Db, type PersonRole, people, workbooks } from '@atermtrack/data'
import { runCli } from './run-cli.ts'

/** An address where nothing listens. */
export const nowhere = 'redis://127.0.0.1:1'

/** Runs a command line, whose arguments hold no spaces; returns its exit code and what it prints. */
export async function cli(line: string, env: Record<string, string> = {}) {
  const printed: string[] = []
  const code = await runCli(line.split(' ').filter(Boolean), { env, print: (text) => printed.push(text) })
  return { code, text: printed.join('\n') }
}

export async function aWorkbook(db: Db, fileName = 'report.xlsx'): Promise<number> {
  const id = await workbooks.insert(db, {
    origin: 'telegram',
    fileName,
    content: Buffer.from(fileName),
    sha256: Buffer.from(fileName.padEnd(32)),
    receivedAt: new Date(),
  })
  return id ?? 0
}

export async function aPerson(db: Db, telegramId: number, role?: PersonRole): Promise<void> {
  const names = { firstName: 'Анна', lastName: null, username: 'anna' }
  await people.ensure(db, { telegramId, ...names, language: 'ru' })
  if (role) await people.grant(db, telegramId, role)
}

export async function auditOf(db: Db) {
  return db.selectFrom('audit').select(['action', 'object', 'command', 'details']).orderBy('id').execute()
}
