import { randomUUID } from 'node:crypto'
import pg from 'pg'

export const template = 'atermtrack_template'

export type TestDatabase = AsyncDisposable & { readonly url: string }

/** A fresh copy of the migrated template. Dispose drops it and ends the connections that are still open. */
export async function cloneDatabase(postgresUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(postgresUrl, `create database ${name} template ${template}`)
  return {
    url: withDatabase(postgresUrl, name),
    [Symbol.asyncDispose]: () => execute(postgresUrl, `drop database ${name} with (force)`),
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = name
  return changed.href
}

export async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
