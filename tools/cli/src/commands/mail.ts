import { audit, refusedMail } from '@atermtrack/data'
import { mailReasonSentence } from '@atermtrack/messages'
import { mailPlaces, pollMailbox } from '@atermtrack/queue'
import { type Command, readId } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { enqueue } from '../enqueue.ts'

export const listMailCommand: Command = {
  right: 'review_workbooks',
  usage: '',
  about: 'list the newest messages of mail from which nothing was taken',
  async run({ env, table }) {
    await using db = openDatabase(env)
    const rows = await refusedMail.list(db)
    table(
      ['id', 'received (UTC)', 'sender', 'subject', 'bytes', 'reason', 'tries', 'next try (UTC)'],
      rows.map(({ id, receivedAt, sender, subject, size, reason, retryRequestedAt, tries, nextTryAt }) => {
        const why = mailReasonSentence(reason ?? '', 'en')
        return [id, receivedAt, sender, subject, size, why, tries, retryRequestedAt ? 'now' : nextTryAt]
      }),
    )
  },
}

export const retryMailCommand: Command = {
  right: 'review_workbooks',
  usage: '<id>',
  about: 'try to take a refused message of mail again, within the limits of now',
  async run({ args, env, print, actor }) {
    const id = readId(args[0], 'the id of a message')
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      if (!(await refusedMail.requestRetry(tx, id))) throw new Error(`message ${id} does not wait for another try`)
      await audit.insert(tx, { ...actor, action: 'mail.retried', object: `mail:${id}` })
    })
    const isQueued = await enqueue(env, pollMailbox, { mailbox: mailPlaces.imap, byHand: true })
    print(
      `message ${id} is tried again ${isQueued ? 'now' : 'at the next look into the mailbox, Redis does not answer'}`,
    )
  },
}
