import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { tokensOf } from './xml-tokens.ts'

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

test('the tokens of a part are the part, byte by byte', () => {
  const parts = fc
    .array(fc.constantFrom(...pieces.filter((piece) => !piece.includes('row'))))
    .map((list) => list.join(''))
  fc.assert(
    fc.property(parts, (inner) => {
      const part = `\u00EF\u00BB\u00BF<sheet>${inner}</sheet>\n`
      expect(tokensOf(part).map(({ raw }) => raw)).toSatisfy((raws: string[]) => raws.join('') === part)
    }),
  )
})

test('a token says its kind, its prefix and its name', () => {
  const part = pieces.join('').replace('<row', '<row xmlns="m" xmlns:x="m"')
  const shown = tokensOf(part).map(({ kind, prefix, name }) => [kind, prefix, name])
  expect(shown).toEqual([
    ['open', '', 'row'],
    ['empty', 'x:', 'c'],
    ['close', '', 'row'],
    ['other', '', ''],
    ['open', '', 'v'],
    ['other', '', ''],
    ['close', '', 'v'],
  ])
})

test.each(['<row r="1', '<row>', '<!-- no end', '<!DOCTYPE x [<!ENTITY y "z">]>', `<row x="${'y'.repeat(1_100_000)}`])(
  'markup that cannot be honest is refused: %#',
  (xml) => {
    expect(() => tokensOf(xml)).toThrow(UnreadableWorkbook)
  },
)
