import { expect, test } from 'vitest'
import { findMenuItem, menuKeyboard } from './menu.ts'

test('every label of the keyboard is known in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    const labels = menuKeyboard(language)
      .keyboard.flat()
      .map((button) => (typeof button === 'string' ? button : button.text))
    expect(labels.map(findMenuItem)).toEqual(['lookup', 'subscriptions', 'attention', 'email', 'settings', 'help'])
  }
})

test('a label is known with and without variation selectors and surrounding blanks', () => {
  expect(findMenuItem(' 📦\uFE0F Дислокация ')).toBe('lookup')
  expect(findMenuItem('Дислокация')).toBeUndefined()
})
