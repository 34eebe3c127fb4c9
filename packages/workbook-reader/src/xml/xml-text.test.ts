import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeXmlText } from './xml-text.ts'

test.each([
  ['&lt;&gt;&amp;&quot;&apos;', `<>&"'`],
  ['&#1046;&#x0416;', 'ЖЖ'],
  ['&amp;lt;', '&lt;'],
  ['&#x110000;&e;&;&', '&#x110000;&e;&;&'],
  ['_x000A__X000A_', '\n_X000A_'],
  ['_x005F_x000A_', '_x000A_'],
  ['a\r\nb\rc', 'a\nb\nc'],
  ['a\0b_x0000_', 'ab'],
  ['_xD83D_', '\uFFFD'],
])('decodes %j', (raw, text) => {
  expect(decodeXmlText(raw)).toBe(text)
})

test('gives back any text that was escaped', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const escaped = text
        .replaceAll('_', '_x005F_')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('\r', '&#13;')
      expect(decodeXmlText(escaped)).toBe(text.replaceAll('\0', ''))
    }),
  )
})
