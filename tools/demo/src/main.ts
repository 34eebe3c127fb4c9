import { serveSandbox } from '@atermtrack/sandbox'
import { writeSimulatedInbox } from '@atermtrack/testkit'

// The Compose profile `demo`: a fortnight of simulated reports in the drop folder of the ingester, and the chat page.
const dir = process.env['INBOX_DIR'] ?? 'inbox'
const written = await writeSimulatedInbox({ dir, now: new Date() })
const { pageUrl } = await serveSandbox(process.env)
console.log(`demo: ${written.length} simulated files in ${dir}, chat page ${pageUrl}`)
