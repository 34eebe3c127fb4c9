import { Socket } from 'node:net'
import pg from 'pg'
import { execute, template, withDatabase } from './test-database.ts'

/** Under this name the session that cleans a worker's database stands in `pg_stat_activity`. */
export const cleaningName = 'testkit cleaning'

/**
 * Prepares the template: keeps a copy of the rows that migrations wrote, a fingerprint of the schema, and the function
 * `testkit.clean()`, which empties every table, restores those rows and restarts the sequences.
 * Emptying takes milliseconds where a copy of the template takes half a second, nearly all of it creating files.
 */
export async function prepareTemplate(url: string): Promise<void> {
  await execute(url, `create schema testkit; ${keepSeeds}; ${fingerprint}; ${clean}`)
  await execute(url, 'create table testkit.expected as select testkit.fingerprint() as fingerprint')
}

/**
 * The URL of this worker's database, clean whatever the test before it left: rows, sessions, changed tables.
 * A worker runs one test at a time, so its tests can share one database.
 */
export async function cleanWorkerDatabase(postgresUrl: string): Promise<string> {
  const name = `worker_${process.env['VITEST_POOL_ID'] ?? process.pid}`
  const url = withDatabase(postgresUrl, name)
  if (await tryToClean(url)) return url
  await endSession()
  await execute(postgresUrl, `drop database if exists ${name} with (force)`)
  await execute(postgresUrl, `create database ${name} template ${template}`)
  return url
}

/** False when there is no such database yet, or a test has changed its schema. */
async function tryToClean(url: string): Promise<boolean> {
  const client = await session(url)
  if (!client) return false
  await client.query(endOtherSessions)
  const { rows } = await client.query<{ intact: boolean }>(
    'select fingerprint = testkit.fingerprint() as intact from testkit.expected',
  )
  if (!rows[0]?.intact) return false
  await client.query('select testkit.clean()')
  return true
}

/** The session that cleans this worker's database. It stays open: a new one reads the catalogue of all tables first. */
let cleaning: { readonly url: string; readonly client: pg.Client } | undefined

async function endSession(): Promise<void> {
  const ended = cleaning?.client
  cleaning = undefined
  await ended?.end()
}

/** Undefined when there is no such database. */
async function session(url: string): Promise<pg.Client | undefined> {
  if (cleaning?.url === url) return cleaning.client
  // A worker that has run its last test ends although the session is open.
  const stream = () => new Socket().unref()
  const client = new pg.Client({ connectionString: url, application_name: cleaningName, stream })
  // The session ends with its database, when another is made of the template.
  client.on('error', () => {
    if (cleaning?.client === client) cleaning = undefined
  })
  try {
    await client.connect()
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '3D000') return undefined
    throw error
  }
  cleaning = { url, client }
  return client
}

// The limit is in milliseconds: the function waits until the session is gone.
const endOtherSessions = `
  select pg_terminate_backend(pid, 10000) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

const tablesToClean = `
  select c.oid, c.relname from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely_migration%'`

const keepSeeds = `
  do $$ declare t record; filled boolean; begin
    for t in ${tablesToClean} loop
      execute format('select exists (select from %I)', t.relname) into filled;
      if filled then execute format('create table testkit.%I as table public.%I', t.relname, t.relname); end if;
    end loop;
  end $$`

// Columns, constraints, indexes and functions: whatever a test's own DDL would change.
const fingerprint = `
  create function testkit.fingerprint() returns text language sql as $$
    select md5(
      (select string_agg(concat_ws(' ', relname, relkind, relnatts, relchecks, relhastriggers), ',' order by relname)
        from pg_class where relnamespace = 'public'::regnamespace)
      || (select string_agg(md5(prosrc), ',' order by proname, oid) from pg_proc where pronamespace = 'public'::regnamespace))
  $$`

// A large table is truncated; a small one is quicker to delete from, since truncating makes new files for it and its indexes.
// "replica" switches foreign keys and triggers off, so the order of the tables does not matter.
const clean = `
  create function testkit.clean() returns void language plpgsql as $$
  declare t record; s record; filled boolean; large text;
  begin
    set local session_replication_role = replica;
    select string_agg(format('public.%I', relname), ', ') into large
      from (${tablesToClean}) c where pg_relation_size(c.oid) > 262144;
    if large is not null then execute 'truncate ' || large || ' cascade'; end if;
    for t in ${tablesToClean} loop
      execute format('select exists (select from public.%I)', t.relname) into filled;
      if filled then execute format('delete from public.%I', t.relname); end if;
      if to_regclass(format('testkit.%I', t.relname)) is not null then
        execute format('insert into public.%I overriding system value table testkit.%I', t.relname, t.relname);
      end if;
    end loop;
    for s in select sequencename, start_value from pg_sequences where schemaname = 'public' and last_value is not null loop
      perform setval(format('public.%I', s.sequencename), s.start_value, false);
    end loop;
  end $$`
