import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

async function aFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sandbox-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

async function call(sandbox: Sandbox, method: string, body: object = {}): Promise<ReturnType<typeof JSON.parse>> {
  const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { result } = (await response.json()) as { result: unknown }
  return result
}

test('chats, people, files, keyboards and the commands of admins outlive a restart', async () => {
  const dir = await aFolder()
  const scope = { type: 'chat', chat_id: 1001 }
  {
    await using sandbox = await startSandbox({ dir })
    const anna = sandbox.person(1001)
    await anna.say('Здравствуйте')
    await anna.sendDocument({ bytes: Buffer.from('a;b'), fileName: 'Дислокация.csv' })
    sandbox.person({ name: 'Глеб' })
    sandbox.group({ title: 'Склад', members: [1001] })
    await call(sandbox, 'setMyCommands', { scope, commands: [{ command: 'health', description: 'Здоровье' }] })
    await call(sandbox, 'sendMessage', { chat_id: 1001, text: 'Меню', reply_markup: { keyboard: [['Найти']] } })
    // The bot has taken the greeting, and nothing after it.
    await call(sandbox, 'getUpdates', { offset: 2 })
  }
  await using sandbox = await startSandbox({ dir, firstUpdateId: 3 })
  const anna = sandbox.person(1001)
  const [greeting, file, menu] = anna.messages()
  expect([greeting?.text, file?.document?.file_name, menu?.text]).toEqual(['Здравствуйте', 'Дислокация.csv', 'Меню'])
  expect(sandbox.file(file?.document?.file_id ?? '')?.bytes.toString()).toBe('a;b')
  expect(sandbox.persons().map(({ user }) => user.first_name)).toEqual(['Анна', 'Борис', 'Вера', 'Глеб'])
  expect(await call(sandbox, 'getMyCommands', { scope })).toEqual([{ command: 'health', description: 'Здоровье' }])
  await anna.press('Найти')
  const updates = await call(sandbox, 'getUpdates')
  const ids = updates.map((update: { update_id: number }) => update.update_id)
  // Updates that were not taken are there, and new numbers are greater than all before.
  expect(ids.length).toBeGreaterThan(1)
  expect(ids).toEqual(ids.toSorted((a: number, b: number) => a - b))
  expect(new Set(ids).size).toBe(ids.length)
  const next = await call(sandbox, 'sendMessage', { chat_id: 1001, text: 'Ещё' })
  expect(next.message_id).toBeGreaterThan(menu?.message_id ?? 0)
})
