import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { companies, people } from '@atermtrack/data'
import { startSandbox } from '@atermtrack/sandbox'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { openDemo, writePartnerReport } from './open-demo.ts'

test('the demo begins with somebody who has access and a company, and leaves later decisions alone', async ({ db }) => {
  await using sandbox = await startSandbox()
  const [admin, colleague, stranger] = sandbox.persons()
  await openDemo(db, sandbox, 'en')
  expect(await people.findByTelegramId(db, admin!.id)).toMatchObject({ language: 'en', access: 'none' })
  expect(await people.findByTelegramId(db, colleague!.id)).toMatchObject({ access: 'granted', role: 'viewer' })
  expect(await people.findByTelegramId(db, stranger!.id)).toBeUndefined()
  const { rows } = await companies.list(db, { offset: 0, limit: 10 })
  expect(rows.map(({ name }) => name)).toEqual(['Snow Cape'])
  expect((await companies.listClients(db, rows[0]!.id, { offset: 0, limit: 10 })).rows).toMatchObject([
    { inn: '2500000017' },
  ])

  await db.updateTable('person').set({ access: 'denied' }).execute()
  await companies.remove(db, rows[0]!.id)
  await openDemo(db, sandbox, 'ru')
  expect(await people.findByTelegramId(db, colleague!.id)).toMatchObject({ access: 'denied' })
  expect((await companies.list(db, { offset: 0, limit: 10 })).rows).toEqual([])
})

test('the file of a partner comes once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'inbox-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  await writePartnerReport(dir, 'ru')
  const [name = ''] = await readdir(dir)
  expect(name).toBe('Отчёт партнёра.xlsx')
  expect((await readFile(join(dir, name))).subarray(0, 2).toString()).toBe('PK')
  await writeFile(join(dir, name), 'mine')
  await writePartnerReport(dir, 'ru')
  expect(await readFile(join(dir, name), 'utf8')).toBe('mine')
})
