import { chromiumOptions, ensureFile } from '@atermtrack/servers'
import { type Browser, chromium } from 'playwright-core'
import type { Language } from './scene.ts'

export interface Camera extends AsyncDisposable {
  /** Writes what a person's telephone shows of their chat into a PNG file. */
  readonly take: (picture: Picture) => Promise<void>
}

export interface Picture {
  readonly pageUrl: string
  readonly chatId: number
  readonly path: string
  readonly language: Language
}

/** A telephone held upright; the height is that of the longest picture. */
const screen = { width: 460, height: 1_500 }
/** A short chat leaves most of the screen empty. */
const heightOfChat = `(() => {
  const { firstElementChild: first, lastElementChild: last } = document.querySelector('#messages')
  const edges = document.querySelector('.chat-head').offsetHeight + document.querySelector('.foot').offsetHeight
  return last.getBoundingClientRect().bottom - first.getBoundingClientRect().top + edges + 40
})()`
/** Starts a Chromium that takes pictures of chats; Chromium and a font with emoji are installed when they are missing. */
export async function openCamera(): Promise<Camera> {
  await ensureFile({
    path: '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
    debianPackage: 'fonts-noto-color-emoji',
  })
  const browser = await chromium.launch(await chromiumOptions())
  return {
    take: (picture) => take(browser, picture),
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

async function take(browser: Browser, { pageUrl, chatId, path, language }: Picture): Promise<void> {
  const page = await browser.newPage({ viewport: screen, deviceScaleFactor: 1.25, locale: language, bypassCSP: true })
  try {
    await page.goto(`${pageUrl}?lang=${language}#${chatId}`)
    await page.locator('#messages .message').last().waitFor()
    // A gradient makes pictures four times as big.
    await page.addStyleTag({ content: '.scroll { background: #d9e4ea !important }' })
    const height = Number(await page.evaluate(heightOfChat))
    await page.setViewportSize({ ...screen, height: Math.min(screen.height, Math.ceil(height)) })
    await page.locator('#chat').screenshot({ path, animations: 'disabled' })
  } finally {
    await page.close()
  }
}
