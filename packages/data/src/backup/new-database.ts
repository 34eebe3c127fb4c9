import { sql } from 'kysely'
import { type Db, openDb } from '../platform/client.ts'

/** Makes an empty database on the server of `url`, with the same owner; returns its address. Throws when there is one of this name. */
export async function createDatabase(url: string, name: string): Promise<string> {
  // Without what somebody may have added to the template that is used by default.
  await onServer(url, async (db) => sql`create database ${sql.id(name)} template template0`.execute(db))
  const address = new URL(url)
  address.pathname = encodeURIComponent(name)
  return address.href
}

/** Drops a database that `createDatabase` has made. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  await onServer(url, async (db) => sql`drop database ${sql.id(name)}`.execute(db))
}

async function onServer(url: string, work: (db: Db) => Promise<unknown>): Promise<void> {
  await using db = openDb({ url, poolSize: 1 })
  await work(db)
}
