import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// Below the ports that Linux gives to outgoing connections (32,768 and above): one of those could hold the port of a server while that
// is restarted.
const lowest = 10_000
const highest = 32_000
const mostTries = 100

/** The ports that this process has handed out, or has found taken. */
const given = new Set<number>()

/** A TCP port of 127.0.0.1 that was free a moment ago. Another process may take it before you do. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const port = randomInt(lowest, highest)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) return port
  }
  throw new Error(`no port between ${lowest} and ${highest} is free`)
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
