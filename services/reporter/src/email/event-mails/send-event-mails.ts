import { eventMails, type MailList, mailLists } from '@atermtrack/data'
import { toWall } from '@atermtrack/domain'
import { defaultLanguage, eventMailTexts as texts } from '@atermtrack/messages'
import { enqueueDeliveries, type Outbox, transact } from '@atermtrack/outbox'
import type { Handler } from '@atermtrack/queue'
import { writeWorkbook } from '@atermtrack/workbook-writer'
import { reportFileName } from '../../report/file-name.ts'
import { composeEventMail } from './event-mail.ts'

export interface SendEventMailsDependencies extends Outbox {
  readonly sourceZone: string
  /** Fixed recipients of the operator's choice, who get a copy of each mail. */
  readonly emailCopies: readonly string[]
  readonly now: () => Date
}

/** Of one mail; the rest is in the next. */
const mostEvents = 2_000

/** Mails new events to the address lists, each event of a list once. Any number of processes may run it at once. */
export function createSendEventMails(dependencies: SendEventMailsDependencies): Handler<object> {
  return async (_payload, { logger, signal }) => {
    for (const list of await mailLists.list(dependencies.db)) {
      signal.throwIfAborted()
      // One list must not keep the others waiting.
      const sent = await mailList(dependencies, list).catch((error: unknown) => {
        logger.error({ err: error, mailListId: list.id }, 'events are not mailed')
        return undefined
      })
      if (sent) logger.info({ mailListId: list.id, ...sent }, 'events are mailed')
    }
  }
}

async function mailList(
  dependencies: SendEventMailsDependencies,
  { id }: MailList,
): Promise<{ readonly events: number; readonly mails: number } | undefined> {
  const { sourceZone: zone, emailCopies, now } = dependencies
  return transact(dependencies, async (tx) => {
    const list = await eventMails.lockList(tx, id)
    if (!list || list.addresses.length === 0) return undefined
    const events = await eventMails.listUnmailed(tx, list, { limit: mostEvents })
    if (events.length === 0) return undefined
    const words = texts[defaultLanguage]
    const { subject, text, tables } = composeEventMail(list, events, { words, zone, now: now() })
    const queued = await eventMails.insertMail(tx, {
      mailListId: list.id,
      eventIds: events.map((event) => event.id),
      fileName: reportFileName(words.title, list.name, toWall(now(), zone)),
      content: await writeWorkbook(tables),
      subject,
      text,
      addresses: [...new Set([...list.addresses, ...emailCopies])],
    })
    enqueueDeliveries(tx, queued)
    return { events: events.length, mails: queued.length }
  })
}
