import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entitiesToHtml } from './entities-to-html.ts'

describe('entitiesToHtml', () => {
  const cases = [
    ['escapes', '5 < 7 & "x"', [], '5 &lt; 7 &amp; &quot;x&quot;'],
    ['bold', 'привет мир', [['bold', 0, 6]], '<b>привет</b> мир'],
    ['emoji count as Telegram counts them', '🚂 поезд', [['italic', 3, 5]], '🚂 <i>поезд</i>'],
    [
      'inner in outer',
      'abcd',
      [
        ['bold', 0, 4],
        ['italic', 1, 2],
      ],
      '<b>a<i>bc</i>d</b>',
    ],
    [
      'equal ones',
      'ab',
      [
        ['bold', 0, 2],
        ['underline', 0, 2],
      ],
      '<b><u>ab</u></b>',
    ],
    [
      'longer outside',
      'abc',
      [
        ['italic', 0, 1],
        ['bold', 0, 3],
      ],
      '<b><i>a</i>bc</b>',
    ],
    [
      'overlapping',
      'abc',
      [
        ['bold', 0, 2],
        ['italic', 1, 2],
      ],
      '<b>a<i>b</i></b><i>c</i>',
    ],
    [
      'one after the other',
      'ab',
      [
        ['bold', 0, 1],
        ['bold', 1, 1],
      ],
      '<b>a</b><b>b</b>',
    ],
    [
      'entities that Telegram finds itself',
      '#a @b',
      [
        ['hashtag', 0, 2],
        ['mention', 3, 2],
      ],
      '#a @b',
    ],
    [
      'beyond the end',
      'ab',
      [
        ['bold', 1, 9],
        ['bold', 5, 2],
      ],
      'a<b>b</b>',
    ],
    ['spoiler', 'ab', [['spoiler', 0, 2]], '<tg-spoiler>ab</tg-spoiler>'],
    ['a folded quotation', 'ab', [['expandable_blockquote', 0, 2]], '<blockquote expandable>ab</blockquote>'],
    ['pre', 'a<b', [['pre', 0, 3]], '<pre>a&lt;b</pre>'],
  ] as const
  for (const [name, text, entities, html] of cases) {
    test(`writes: ${name}`, () => {
      expect(
        entitiesToHtml(
          text,
          entities.map(([type, offset, length]) => ({ type, offset, length })),
        ),
      ).toBe(html)
    })
  }

  test('writes links, mentions, languages and emoji with their attributes', () => {
    const at = { offset: 0, length: 1 }
    const html = (entity: object) => entitiesToHtml('x', [{ type: '', ...at, ...entity }])
    expect(html({ type: 'text_link', url: 'https://a.example/?a=1&b="2"' })).toBe(
      '<a href="https://a.example/?a=1&amp;b=&quot;2&quot;">x</a>',
    )
    expect(html({ type: 'text_mention', user: { id: 7 } })).toBe('<a href="tg://user?id=7">x</a>')
    expect(html({ type: 'pre', language: 'sql' })).toBe('<pre><code class="language-sql">x</code></pre>')
    expect(html({ type: 'custom_emoji', custom_emoji_id: '5' })).toBe('<tg-emoji emoji-id="5">x</tg-emoji>')
  })

  test('always nests its tags and keeps the text', () => {
    const entity = fc.record({
      type: fc.constantFrom('bold', 'italic', 'underline', 'strikethrough', 'url'),
      offset: fc.nat(12),
      length: fc.nat(12),
    })
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.array(entity, { maxLength: 6 }), (text, entities) => {
        const html = entitiesToHtml(text, entities)
        expect(isNested(html)).toBe(true)
        expect(plain(html)).toBe(text)
      }),
    )
  })
})

function isNested(html: string): boolean {
  const open: (string | undefined)[] = []
  for (const [, slash, name] of html.matchAll(/<(\/?)(\w+)>/g)) {
    if (slash === '') open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}

function plain(html: string): string {
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html.replace(/<[^>]*>/g, '').replace(/&(lt|gt|quot|amp);/g, (_, name: string) => names[name]!)
}
