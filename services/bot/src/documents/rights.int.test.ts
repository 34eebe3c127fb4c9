import { incomingDocuments, people } from '@atermtrack/data'
import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { createTelegramApi } from '../telegram/telegram-api.ts'
import { anna, openSandbox, openTo, token } from '../testing/start-test-bot.ts'
import { createFetchDocument } from './fetch-document.ts'

const logger = createLogger({ service: 'bot', level: 'silent' })

test.for([
  ['who lost access', { access: 'denied', role: 'operator' }, 'annotate'],
  ['who works for a company now', { access: 'granted', role: 'viewer' }, 'import'],
] as const)(
  'a file of somebody %s after they sent it is not fetched',
  async ([, facts, purpose], { db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
    const connection = { url: redisUrl, prefix: queuePrefix, logger }
    const queues = openQueues(connection)
    onTestFinished(async () => {
      await Promise.all([queues, api].map(async (part) => part[Symbol.asyncDispose]()))
    })
    const profile = { telegramId: anna, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
    const { id: personId } = await people.ensure(db, profile)
    const file = { fileId: 'x', fileName: 'x.xlsx', sentAt: new Date(), purpose }
    const documentId = await incomingDocuments.insert(db, { updateId: 1, personId, chatId: anna, ...file })
    await db.updateTable('person').set(facts).execute()
    const fetch = createFetchDocument({ db, api, queues, policy: openTo([], { mode: 'approval' }) })
    await fetch({ documentId }, { logger, attempt: 1, signal: new AbortController().signal })
    expect(sandbox.calls).toEqual([])
    expect(await db.selectFrom('incomingDocument').select(['status', 'reason']).execute()).toEqual([
      { status: 'failed', reason: 'no_access' },
    ])
  },
)
