import { expect, test } from 'vitest'
import { formatText } from './formatted-text.ts'
import { parseHtml } from './html-entities.ts'

test.each([
  ['plain text', 'plain text', []],
  ['<b>bold</b> and <i>italic</i>', 'bold and italic', ['bold 0+4', 'italic 9+6']],
  ['<strong><em>both</em></strong>', 'both', ['bold 0+4', 'italic 0+4']],
  ['&lt;b&gt; &amp;&quot; &#1040;&#x42;', '<b> &" АB', []],
  ['&nbsp;&hellip;&', '&nbsp;&hellip;&', []],
  ['🚂<u>🚃</u>', '🚂🚃', ['underline 2+2']],
  ['<s>a</s><strike>b</strike><del>c</del>', 'abc', ['strikethrough 0+1', 'strikethrough 1+1', 'strikethrough 2+1']],
  ['<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', 'xy', ['spoiler 0+1', 'spoiler 1+1']],
  ['<code><b>x</b></code>', 'x', ['code 0+1']],
  ['<code>a <b>b</b></code>', 'a b', ['code 0+3']],
  ['<blockquote expandable>long</blockquote>', 'long', ['expandable_blockquote 0+4']],
  ['<b></b>nothing', 'nothing', []],
  ['<a href="not a link">text</a>', 'text', []],
])('reads %s', (html, text, entities) => {
  const parsed = parseHtml(html)
  expect(parsed.text).toBe(text)
  expect(parsed.entities.map(({ type, offset, length }) => `${type} ${offset}+${length}`)).toEqual(entities)
})

test('keeps what links, code blocks, emoji and times say', () => {
  expect(parseHtml('<a href="https://example.org/?a=1&amp;b=2">x</a>').entities[0]).toMatchObject({
    type: 'text_link',
    url: 'https://example.org/?a=1&b=2',
  })
  expect(parseHtml('<pre><code class="language-sql">select</code></pre>').entities).toEqual([
    { type: 'pre', language: 'sql', offset: 0, length: 6 },
  ])
  expect(parseHtml('<tg-emoji emoji-id="5368">👍</tg-emoji>').entities[0]).toMatchObject({ custom_emoji_id: '5368' })
  expect(parseHtml('<tg-time unix="1647531900" format="wDT">22:45</tg-time>').entities[0]).toMatchObject({
    type: 'date_time',
    unix_time: 1_647_531_900,
    date_time_format: 'wDT',
  })
})

test.each([
  ['<b>open', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['x</b>', 'Unexpected end tag at byte offset 1'],
  ['<br>', 'Unsupported start tag "br" at byte offset 0'],
  ['ты <ты', 'Unsupported start tag "ты" at byte offset 5'],
  ['5 < 6', 'Unsupported start tag "" at byte offset 2'],
  ['<b', 'Unclosed start tag at byte offset 0'],
  ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('refuses %s', (html, reason) => {
  expect(() => parseHtml(html)).toThrow(`Bad Request: can't parse entities: ${reason}`)
})

test('parses a hostile tag quickly', () => {
  const started = performance.now()
  expect(() => parseHtml(`<b ${'a '.repeat(20_000)}`)).toThrow('Unclosed start tag')
  expect(performance.now() - started).toBeLessThan(1000)
})

test('trims the ends and moves the entities with them', () => {
  expect(formatText({ text: '  <b> bold </b> ', parseMode: 'HTML', entities: undefined })).toEqual({
    text: 'bold',
    entities: [{ type: 'bold', offset: 0, length: 4 }],
  })
})

test('marks commands, mentions and links by itself, but not inside code', () => {
  const { entities } = formatText({
    text: '/help@atermtrack_bot @anna https://example.org/a?b=c. <code>/start</code> 5/6 mail@example.org',
    parseMode: 'HTML',
    entities: undefined,
  })
  expect(entities.map(({ type, offset, length }) => `${type} ${offset}+${length}`)).toEqual([
    'bot_command 0+20',
    'mention 21+5',
    'url 27+25',
    'code 54+6',
    'email 65+16',
  ])
})
