import { expect, test } from 'vitest'
import { escapeHtml } from './html.ts'
import { toPlainText } from './plain-text.ts'

test('drops tags with their attributes and keeps what was escaped', () => {
  expect(toPlainText('<b>5 &lt; 7</b> <a href="https://a.example/?a=1&amp;b">см.</a>')).toBe('5 < 7 см.')
})

test('drops a tag that was cut off, and leaves a mere sign alone', () => {
  expect(toPlainText('x <a href="https://exa')).toBe('x ')
  expect(toPlainText('5 < 7')).toBe('5 < 7')
})

test('undoes escaping once', () => {
  for (const text of ['<b>', '&lt;', '"&amp;"', 'ячейка']) expect(toPlainText(escapeHtml(text))).toBe(text)
})
