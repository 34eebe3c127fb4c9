import { importWorkbook, openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { chromiumOptions } from '@atermtrack/servers'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { chromium } from 'playwright-core'
import { startQueuePage } from './queue-page.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const login = { user: 'operator', password: 'a long password' }

test('a browser with the login sees the jobs of a queue and can change none; without it nothing is shown', async ({
  redisUrl,
  queuePrefix,
}) => {
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  await using queues = openQueues(connection)
  await waitUntil(
    async () =>
      queues.enqueue(importWorkbook, { workbookId: 4711 }).then(
        () => true,
        () => false,
      ),
    {
      what: 'redis',
    },
  )
  await using page = await startQueuePage({ connection, host: '127.0.0.1', port: 0, login, isReadOnly: true })
  const address = `http://127.0.0.1:${page.port}/`
  expect((await fetch(address)).status).toBe(401)
  expect((await fetch(`${address}api/queues`)).status).toBe(401)
  const authorization = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`
  const change = { method: 'PUT', headers: { authorization, origin: address } }
  expect((await fetch(`${address}api/queues/import-workbook/pause`, change)).status).toBe(405)

  await using browser = await chromium.launch(await chromiumOptions())
  const tab = await browser.newPage({ httpCredentials: { username: login.user, password: login.password } })
  const failures: string[] = []
  tab.on('pageerror', (error) => failures.push(error.message))
  await tab.goto(`${address}queue/import-workbook?status=waiting`)
  await tab.getByText('4711').first().waitFor()
  expect(await tab.getByText('send-telegram').count()).toBeGreaterThan(0)
  expect(await tab.getByRole('button', { name: /promote|retry|clean/i }).count()).toBe(0)
  expect(failures).toEqual([])
})
