import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { simulateFortnight } from './simulate-fortnight.ts'
import { writeSimulatedInbox } from './write-simulated-inbox.ts'

const NOW = new Date('2026-03-10T12:34:00Z')
const HOUR_MS = 3_600_000
const SCALE = 0.05

async function aFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'simulated-inbox-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

test('the folder holds every file of the fortnight with its mail time, and nothing else', async () => {
  const dir = join(await aFolder(), 'inbox')
  await writeSimulatedInbox({ dir, now: NOW, scale: SCALE })
  const names: string[] = []
  for await (const { fileName, mailedAt, content } of simulateFortnight({ now: NOW, scale: SCALE })) {
    names.push(fileName)
    expect((await stat(join(dir, fileName))).mtime).toEqual(mailedAt)
    expect((await readFile(join(dir, fileName))).equals(content)).toBe(true)
  }
  expect((await readdir(dir)).toSorted()).toEqual(names.toSorted())
})

test('a folder with a fresh report is left alone', async () => {
  const dir = await aFolder()
  await writeSimulatedInbox({ dir, now: NOW, scale: SCALE })
  expect(await writeSimulatedInbox({ dir, now: new Date(NOW.getTime() + HOUR_MS), scale: SCALE })).toEqual([])
})

test('a day later only what is new is added, and nobody else’s file is touched', async () => {
  const dir = await aFolder()
  await writeFile(join(dir, 'заметки.txt'), 'мои')
  const first = await writeSimulatedInbox({ dir, now: NOW, scale: SCALE })
  const second = await writeSimulatedInbox({ dir, now: new Date(NOW.getTime() + 24 * HOUR_MS), scale: SCALE })
  expect(second).toContain('103_11032026_0800.xlsx')
  expect(second.filter((name) => first.includes(name))).toEqual([])
  expect(await readdir(dir)).toHaveLength(first.length + second.length + 1)
  expect(await readFile(join(dir, 'заметки.txt'), 'utf8')).toBe('мои')
})
