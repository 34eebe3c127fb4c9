import { connect } from 'node:net'

/** Sends bytes to 127.0.0.1 and returns the first bytes that come back; rejects when refused, closed or silent for 1 s. */
export async function probe(port: number, request?: Buffer): Promise<Buffer> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      socket.once('error', reject)
      socket.once('close', () => reject(new Error('closed without an answer')))
      socket.once('timeout', () => reject(new Error('no answer within 1 s')))
      socket.once('data', resolve)
      if (request) socket.write(request)
    })
  } finally {
    socket.destroy()
  }
}
