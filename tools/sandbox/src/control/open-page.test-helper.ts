import { chromiumOptions } from '@atermtrack/servers'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { startSandbox, type Sandbox } from '../index.ts'

/** The chat page of a test, with a sandbox of its own and the bot's side of it. */
export interface TestPage {
  readonly browser: Browser
  readonly page: Page
  readonly sandbox: Sandbox
  /** Calls a method of the Bot API. Throws when it is refused. */
  readonly call: (method: string, body: object) => Promise<ReturnType<typeof JSON.parse>>
  /** The bot writes to the first person. */
  readonly say: (text: string, more?: object) => Promise<{ readonly message_id: number }>
  readonly nextUpdate: () => Promise<ReturnType<typeof JSON.parse>>
  readonly bubble: (text: string) => Locator
}

/** Opens a page for each test of a file; a problem that the page reports fails the test. */
export function usePage(): TestPage {
  let browser: Browser
  let page: Page
  let sandbox: Sandbox
  let problems: string[]

  beforeAll(async () => {
    // Every run is that of a bare machine: without a UTF-8 locale Chromium calls what it downloads `download`.
    browser = await chromium.launch(await chromiumOptions({ ...process.env, LANG: undefined, LC_ALL: 'C' }))
  })

  afterAll(() => browser.close())

  beforeEach(async () => {
    sandbox = await startSandbox()
    page = await browser.newPage({
      viewport: { width: 1000, height: 700 },
      locale: 'ru-RU',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    problems = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
  })

  afterEach(async () => {
    await page.close()
    await sandbox[Symbol.asyncDispose]()
    if (problems.length > 0) throw new Error(`the page reported: ${problems.join('; ')}`)
  })

  async function call(method: string, body: object): Promise<ReturnType<typeof JSON.parse>> {
    const response = await fetch(`${sandbox.apiRoot}/bot42:secret/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const { ok, result, description } = (await response.json()) as { ok: boolean; result: unknown; description: string }
    if (!ok) throw new Error(description)
    return result
  }

  return {
    get browser() {
      return browser
    },
    get page() {
      return page
    },
    get sandbox() {
      return sandbox
    },
    call,
    say: (text, more = {}) => call('sendMessage', { chat_id: 1001, text, parse_mode: 'HTML', ...more }),
    nextUpdate: async () => (await call('getUpdates', { offset: -1, timeout: 10 }))[0],
    bubble: (text) => page.locator('.message', { hasText: text }),
  }
}
