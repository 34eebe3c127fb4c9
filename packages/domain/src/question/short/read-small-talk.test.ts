import { expect, test } from 'vitest'
import { readSmallTalk } from './read-small-talk.ts'

test.each([
  ['Привет!', 'greeting'],
  ['добрый день, коллеги', 'greeting'],
  ['Здравствуйте', 'greeting'],
  ['доброго времени суток', 'greeting'],
  ['hello', 'greeting'],
  ['спасибо', 'thanks'],
  ['Спасибо большое!', 'thanks'],
  ['ок, спасибо', 'thanks'],
  ['ок', 'thanks'],
  ['благодарю', 'thanks'],
  ['thank you very much', 'thanks'],
  ['помощь', 'help'],
  ['что ты умеешь?', 'help'],
  ['help', 'help'],
  ['где мои контейнеры?', 'own'],
  ['мой груз', 'own'],
  ['my containers', 'own'],
  ['все поезда', 'trains'],
  ['Список поездов', 'trains'],
  ['поезд', 'trains'],
  ['поезд К25-073', undefined],
  ['', undefined],
  ['!!!', undefined],
  ['привет, где MSKU6011672', undefined],
  ['добрый день, что стоит на Чите', undefined],
  ['большое', undefined],
  ['вам', undefined],
  ['ок, пришли список', undefined],
  ['сколько стоит', undefined],
  ['спасибо, а что завтра в Селятино', undefined],
])('%j is %s', (text, expected) => {
  expect(readSmallTalk(text)).toBe(expected)
})
