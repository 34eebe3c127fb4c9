import { once } from 'node:events'
import { createServer } from 'node:net'
import { freePort } from '@atermtrack/servers'
import { expect, onTestFinished, test } from 'vitest'
import { chooseOpsPorts } from './ops-ports.ts'

const host = '127.0.0.1'

/** Listens on a port, any one for 0, until the test ends; returns the port. */
async function occupy(port: number): Promise<number> {
  const server = createServer().listen(port, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('by default each service gets a free port of its own', async () => {
  const ports = await chooseOpsPorts(undefined, { host, count: 3 })
  expect(new Set(ports).size).toBe(3)
  for (const port of ports) expect(await occupy(port)).toBe(port)
})

test.for([undefined, '', '0'])('a port that is taken is passed over: %s', async (wanted) => {
  const [first = 0] = await chooseOpsPorts(wanted, { host, count: 1 })
  await occupy(first)
  const ports = await chooseOpsPorts(wanted, { host, count: 3 })
  expect(ports).not.toContain(first)
  expect(ports.every((port) => port > first)).toBe(true)
})

test('a wanted port and those after it are used as they are', async () => {
  const port = await freePort()
  expect(await chooseOpsPorts(String(port), { host, count: 1 })).toEqual([port])
})

test('a wanted port that is taken is named with the setting that wants it', async () => {
  const port = await occupy(0)
  await expect(chooseOpsPorts(String(port), { host, count: 1 })).rejects.toThrow(
    `port ${port} (from OPS_PORT=${port}) is taken on ${host}`,
  )
  await expect(chooseOpsPorts(String(port - 1), { host, count: 2 })).rejects.toThrow('is taken')
})

test('an address that this machine does not have is an error, not an endless search', async () => {
  await expect(chooseOpsPorts(undefined, { host: '192.0.2.1', count: 1 })).rejects.toThrow('EADDRNOTAVAIL')
})
