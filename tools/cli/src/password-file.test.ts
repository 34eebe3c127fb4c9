import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makePasswordFile } from './password-file.ts'

test('processes that make the file at once find one password, which only its owner reads', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-password-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 'password')
  await Promise.all([makePasswordFile(path), makePasswordFile(path), makePasswordFile(path)])
  const password = await readFile(path, 'utf8')
  expect(password).toMatch(/^[\w-]{32}$/)
  await makePasswordFile(path)
  expect(await readFile(path, 'utf8')).toBe(password)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await readdir(folder)).toEqual(['password'])
})
