import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpRelay extends AsyncDisposable {
  readonly port: number
  /** How many connections came so far. */
  readonly accepted: () => number
  /** From now on no byte passes in either direction, and neither side is notified. */
  readonly fallSilent: () => void
  /** From now on new connections are served again; those of before stay dead, as when a firewall has forgotten them. */
  readonly heal: () => void
  /** After so many bytes more of the server it says goodbye, wherever it is, and hangs up; later connections are served in full. */
  readonly sayByeAfter: (bytes: number) => void
  /** From now on every connection ends, or falls silent, where the server says `text`; undefined for none any more. */
  readonly failAt: (text: string | undefined, how?: 'hangs up' | 'falls silent') => void
}

/** Passes bytes on to a port of 127.0.0.1, until it turns into a black hole. */
export async function startTcpRelay(target: number): Promise<TcpRelay> {
  const sockets = new Set<Socket>()
  let accepted = 0
  let age = 0
  let isSilent = false
  let bytesUntilBye = Number.POSITIVE_INFINITY
  let trap: { readonly text: string; readonly how: 'hangs up' | 'falls silent' } | undefined
  const server = createServer((near) => {
    accepted += 1
    const bornAt = age
    const far = connect(target, '127.0.0.1')
    let heard = ''
    let isStalled = false
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
      from.on('data', (bytes: Buffer) => {
        if (isSilent || isStalled || bornAt !== age) return
        if (from === far && trap) {
          // The end of the last piece may hold the beginning of the text.
          heard = heard.slice(-trap.text.length) + bytes.toString('latin1')
          isStalled = heard.includes(trap.text)
          if (isStalled && trap.how === 'hangs up') near.destroy()
          if (isStalled) return
        }
        const passed = from === far ? bytes.subarray(0, bytesUntilBye) : bytes
        to.write(passed)
        if (from === far) bytesUntilBye -= passed.length
        if (bytesUntilBye > 0) return
        bytesUntilBye = Number.POSITIVE_INFINITY
        near.end('\r\n* BYE Server shutting down.\r\n', () => far.destroy())
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the relay has no port')
  return {
    port: address.port,
    accepted: () => accepted,
    fallSilent() {
      isSilent = true
    },
    heal() {
      isSilent = false
      age += 1
    },
    sayByeAfter: (bytes) => (bytesUntilBye = bytes),
    failAt: (text, how = 'hangs up') => (trap = text === undefined ? undefined : { text, how }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
