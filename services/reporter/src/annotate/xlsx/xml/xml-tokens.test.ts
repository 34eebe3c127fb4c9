import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NotPatchable } from '../not-patchable.ts'
import { createXmlTokenizer, tokensOf, type XmlToken } from './xml-tokens.ts'

const pieces = [
  '<row r="1">',
  '<x:c r="A1" s=\'2\' t="a>b"/>',
  '</row>',
  ' text &amp; more\r\n',
  '<!-- <row> -->',
  '<![CDATA[<c>]]>',
  '<?xml version="1.0"?>',
  '<v>12.5</v>',
]

describe('a part in tokens', () => {
  test('is the same part, however it is cut', () => {
    const parts = fc.array(fc.constantFrom(...pieces)).map((list) => list.join(''))
    fc.assert(
      fc.property(parts, fc.array(fc.nat({ max: 40 })), (xml, cuts) => {
        const tokens: XmlToken[] = []
        const tokenizer = createXmlTokenizer()
        let at = 0
        for (const length of [...cuts, xml.length]) {
          tokenizer.push(xml.slice(at, at + length), (token) => tokens.push(token))
          at += length
        }
        tokenizer.end()
        expect(tokens.map(({ raw }) => raw).join('')).toBe(xml)
      }),
    )
  })

  test('tells tags by their kind, name and prefix', () => {
    const shown = tokensOf(pieces.join('')).map(({ kind, prefix, name }) => [kind, prefix, name])
    expect(shown).toEqual([
      ['open', '', 'row'],
      ['empty', 'x:', 'c'],
      ['close', '', 'row'],
      ['other', '', ''],
      ['other', '', ''],
      ['other', '', ''],
      ['other', '', ''],
      ['open', '', 'v'],
      ['other', '', ''],
      ['close', '', 'v'],
    ])
  })
})

test.each(['<row r="1', '<!-- no end', '<!DOCTYPE x [<!ENTITY y "z">]>', `<row x="${'y'.repeat(1_100_000)}`])(
  'what cannot be honest is not touched: %#',
  (xml) => {
    expect(() => tokensOf(xml)).toThrow(NotPatchable)
  },
)
