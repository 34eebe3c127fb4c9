import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = import.meta.dirname
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const sources = files.filter((path) => path.endsWith('.ts') && !/\.test(-helper)?\.ts$/.test(path))

test.each([
  ['markup', /<\/?(?:a|b|i|u|s|code|pre|blockquote|tg-spoiler)(?:\s[^>]*)?>/],
  ['escaped markup', /&(?:amp|lt|gt|quot);/],
  ['buttons', /callback_data|inline_keyboard|['"`]v\d+:/],
  ['languages', /\bLanguage\b/],
  // A sentence in Russian: several words that end with a stop.
  ['sentences', /['"`][А-ЯЁа-яё]+(?: [А-ЯЁа-яё«»,]+){2,}[.!?:]['"`]/],
])('the domain holds no %s: what a channel shows is for the catalogue and the services', (_, pattern) => {
  const found = sources.filter((path) => pattern.test(readFileSync(`${folder}/${path}`, 'utf8')))
  expect(found).toEqual([])
})
