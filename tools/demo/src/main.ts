import { startSandbox } from '@atermtrack/sandbox'
import { writeSimulatedInbox } from '@atermtrack/testkit'

// The Compose profile `demo`: a fortnight of simulated reports in the drop folder of the ingester, and the chat page.
const dir = process.env['INBOX_DIR'] ?? 'inbox'
const written = await writeSimulatedInbox({ dir, now: new Date() })
const sandbox = await startSandbox({
  port: Number(process.env['PORT'] ?? 8081),
  host: process.env['HOST'] ?? '127.0.0.1',
  firstUpdateId: Math.floor(Date.now() / 1_000),
})
console.log(`demo: ${written.length} simulated files in ${dir}, chat page ${sandbox.pageUrl}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox[Symbol.asyncDispose]())
}
