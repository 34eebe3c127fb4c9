import { readdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { type Db, workbooks } from '@atermtrack/data'

/** Resolves when every file of the drop folder is a workbook that waits for nothing any more. */
export async function untilAllImported(db: Db, inboxDir: string, signal: AbortSignal): Promise<void> {
  const { length } = (await readdir(inboxDir)).filter((name) => !name.startsWith('.'))
  for (;;) {
    const arrived = await workbooks.list(db, { limit: 10_000 })
    if (arrived.length >= length && arrived.every(({ status }) => status !== 'pending')) return
    await delay(200, undefined, { signal })
  }
}
