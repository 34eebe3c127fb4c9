import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort } from './free-port.ts'
import { probe } from './probe.ts'
import { type RedisServer, startRedis } from './start-redis.ts'

test('keeps an append-only store through a kill and a new start in the same folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'servers-test-'))
  {
    await using server = await startRedis({ dir, appendOnly: true })
    expect(await ask(server, 'SET wagon 94012345')).toBe('+OK')
    // The append-only file reaches the operating system with each answer: a killed process loses nothing.
    await server.kill9()
    await expect(ask(server, 'PING')).rejects.toThrow('ECONNREFUSED')
    await server.restart()
    expect(await ask(server, 'GET wagon')).toContain('94012345')
  }
  await using again = await startRedis({ dir, appendOnly: true })
  expect(await ask(again, 'GET wagon')).toContain('94012345')
  await rm(dir, { recursive: true })
})

test('never evicts keys', async () => {
  await using server = await startRedis()
  expect(await ask(server, 'CONFIG GET maxmemory-policy')).toContain('noeviction')
})

test('shows the end of the log when it cannot start', async () => {
  await using first = await startRedis()
  await expect(startRedis({ port: first.port })).rejects.toThrow(/Redis ended with 1 while starting:[^]*in use/)
})

test('finds another port when nobody asked for one', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort))
  expect(new Set(ports).size).toBe(20)
})

async function ask({ port }: RedisServer, command: string): Promise<string> {
  return (await probe(port, Buffer.from(`${command}\r\n`))).toString().trim()
}
