import { type Db, openDb, storedSettings } from '@atermtrack/data'
import { type Env, readConfig, requireSet } from '@atermtrack/runtime'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { pino } from 'pino'
import { z } from 'zod'
import { changeSetting, removeForeignSetting } from './change-setting.ts'
import { listSettings } from './list-settings.ts'
import { openSettings } from './open-settings.ts'
import { settingSchemas } from './setting-schemas.ts'

const { STALE_AFTER_HOURS, GREETING_RU, GREETING_EN } = settingSchemas
const schema = z.object({ STALE_AFTER_HOURS, GREETING_RU, GREETING_EN })
const together = schema.superRefine((values, context) => {
  if (values.GREETING_EN !== undefined) requireSet(context, values, ['GREETING_RU'], 'is needed beside GREETING_EN')
})
const actor = { command: 'test' }

interface Line {
  readonly level: number
  readonly msg: string
  readonly setting?: string
  readonly settings?: readonly string[]
}

/** The settings of a service, with the lines that it logs. */
async function open(db: Db, env: Env = {}) {
  const lines: Line[] = []
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line) as Line) })
  const read = (from: Env) => readConfig(together, from)
  const settings = await openSettings({ db, service: 'tested', env, schema, read, logger, everyMs: 20 })
  return { settings, lines, [Symbol.asyncDispose]: () => settings[Symbol.asyncDispose]() }
}

async function store(db: Db, name: string, value: string): Promise<void> {
  await db.insertInto('setting').values({ name, value }).execute()
}

test('a change counts without a restart, and a reset gives the environment back', async ({ serviceDb: db }) => {
  await using service = await open(db, { STALE_AFTER_HOURS: '4' })
  const { settings } = service
  const before = settings.current()
  expect(before.STALE_AFTER_HOURS).toBe(4)
  const name = 'STALE_AFTER_HOURS'
  expect(await changeSetting(db, { name, typed: '9', before: undefined, actor })).toEqual({ kind: 'changed' })
  await waitUntil(() => settings.current().STALE_AFTER_HOURS === 9, { what: 'the new value' })
  // A configuration that somebody works with stays as it is.
  expect(before.STALE_AFTER_HOURS).toBe(4)
  await changeSetting(db, { name, typed: undefined, before: '9', actor })
  await waitUntil(() => settings.current().STALE_AFTER_HOURS === 4, { what: 'the value of the environment' })
  const { rows } = await storedSettings.listChanges(db, { name, offset: 0, limit: 5 })
  expect(rows.map(({ before: from, after: to, command }) => [from, to, command])).toEqual([
    ['9', null, 'test'],
    [null, '9', 'test'],
  ])
  const audit = await db.selectFrom('audit').select(['action', 'object', 'details']).orderBy('id').execute()
  expect(audit).toEqual([
    { action: 'setting.changed', object: `setting:${name}`, details: { to: '9' } },
    { action: 'setting.reset', object: `setting:${name}`, details: { from: '9' } },
  ])
})

test('a service that starts again keeps the value, says so, and shows what its environment says', async ({ db }) => {
  await store(db, 'STALE_AFTER_HOURS', '9')
  await using service = await open(db, { STALE_AFTER_HOURS: '4' })
  const { settings, lines } = service
  expect(settings.current().STALE_AFTER_HOURS).toBe(9)
  expect(lines).toEqual([expect.objectContaining({ setting: 'STALE_AFTER_HOURS', value: '9', environment: '4' })])
  const { settings: listed } = await listSettings(db)
  expect(listed.find(({ name }) => name === 'STALE_AFTER_HOURS')).toMatchObject({ standard: '4', value: '9' })
  expect(listed.find(({ name }) => name === 'STANDING_AFTER_HOURS')).toMatchObject({ standard: '24', value: '24' })
  await using _again = await open(db, {})
  const again = (await listSettings(db)).settings.find(({ name }) => name === 'STALE_AFTER_HOURS')
  expect(again).toMatchObject({ standard: '6', value: '9' })
})

test('a value that does not fit this release is left aside, and said so', async ({ db }) => {
  await store(db, 'STALE_AFTER_HOURS', 'six')
  await using service = await open(db, { STALE_AFTER_HOURS: '4' })
  const { settings, lines } = service
  expect(settings.current().STALE_AFTER_HOURS).toBe(4)
  expect(lines).toEqual([expect.objectContaining({ level: 50, setting: 'STALE_AFTER_HOURS' })])
  const { settings: listed } = await listSettings(db)
  expect(listed.find(({ isUnfit }) => isUnfit)).toMatchObject({ stored: 'six', value: '4', standard: '4' })
})

test('values that do not fit together are left aside', async ({ db }) => {
  await store(db, 'GREETING_EN', 'Hello')
  await using service = await open(db)
  const { settings, lines } = service
  expect(settings.current()).toEqual({ STALE_AFTER_HOURS: 6 })
  expect(lines.filter(({ level }) => level === 50)).toEqual([expect.objectContaining({ settings: ['GREETING_EN'] })])
})

test('names of another release are reported and stay, until somebody removes them', async ({ db }) => {
  await store(db, 'SETTING_OF_NEXT_YEAR', '1')
  await using service = await open(db)
  const { lines } = service
  expect(lines).toEqual([expect.objectContaining({ level: 40, settings: ['SETTING_OF_NEXT_YEAR'] })])
  expect((await listSettings(db)).unknown).toEqual([{ name: 'SETTING_OF_NEXT_YEAR', value: '1' }])
  expect(await removeForeignSetting(db, { name: 'SETTING_OF_NEXT_YEAR', actor })).toBe(true)
  expect(await removeForeignSetting(db, { name: 'SETTING_OF_NEXT_YEAR', actor })).toBe(false)
  expect((await listSettings(db)).unknown).toEqual([])
})

test('of two changes at the same moment one is made, and the other says so', async ({ serviceDb: db }) => {
  const change = (typed: string) =>
    db.transaction().execute((tx) => changeSetting(tx, { name: 'STALE_AFTER_HOURS', typed, before: undefined, actor }))
  const results = await Promise.all(['7', '8', '9'].map(change))
  expect(results.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'overtaken', 'overtaken'])
  const { rows } = await storedSettings.listChanges(db, { offset: 0, limit: 9 })
  expect(rows).toHaveLength(1)
  expect(
    await changeSetting(db, { name: 'STALE_AFTER_HOURS', typed: rows[0]!.after!, before: undefined, actor }),
  ).toEqual({ kind: 'same' })
})

test('while the database is away the newest values count, and one line says so', async ({ ownPostgres }) => {
  await using db = openDb({ url: ownPostgres.url })
  await store(db, 'STALE_AFTER_HOURS', '9')
  await using service = await open(db)
  const { settings, lines } = service
  await ownPostgres.stop()
  await waitUntil(() => lines.some(({ msg }) => msg.startsWith('could not read the settings')), { what: 'a line' })
  expect(settings.current().STALE_AFTER_HOURS).toBe(9)
  expect(lines.filter(({ msg }) => msg.startsWith('could not read the settings'))).toHaveLength(1)
})
