import { connect } from 'node:net'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type ImapLogin = { readonly port: number; readonly user: string; readonly password: string }

/** Logs in to 127.0.0.1, sends one command with an optional literal and returns the text after its "OK". Throws on NO and BAD. */
export async function imapCommand(login: ImapLogin, command: string, literal?: Buffer): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: login.port, timeout: 10_000 })
  socket.once('timeout', () => socket.destroy(new Error('the IMAP server was silent for 10 s')))
  await once(socket, 'connect')
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()

  const answer = async (prefix: string): Promise<string> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error('the IMAP server closed the connection')
      if (value.startsWith(prefix)) return value.slice(prefix.length)
      // Any other tagged line, and "* BYE", tells why the awaited one will not come.
      if (/^(\d+ |\* BYE)/.test(value)) throw new Error(`IMAP: ${value}`)
    }
  }

  try {
    await answer('* OK ')
    socket.write(`1 LOGIN ${quote(login.user)} ${quote(login.password)}\r\n`)
    await answer('1 OK ')
    socket.write(literal ? `2 ${command} {${literal.length}}\r\n` : `2 ${command}\r\n`)
    if (literal) {
      await answer('+ ')
      socket.write(Buffer.concat([literal, Buffer.from('\r\n')]))
    }
    return await answer('2 OK ')
  } finally {
    socket.destroy()
  }
}

/** An IMAP quoted string. */
export function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
