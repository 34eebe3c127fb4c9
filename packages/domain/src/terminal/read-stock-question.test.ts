import { expect, test } from 'vitest'
import { readStockQuestion, type StockNames } from './read-stock-question.ts'
import { emptyStockFilter, type StockFilter } from './stock-filter.ts'

const names: StockNames = {
  terminals: ['A-Terminal', 'A-Terminal Север', 'Первомайский', null],
  directions: ['Селятино', 'Электроугли', 'Красный Яр', null],
  stocks: ['Отправка по жд Сток 1', 'Отправка по жд Сток 2', 'Сток Ангар', null],
  clients: ['ООО "Ромашка"', 'АО "Тихий Берег"', 'ИП Примеров П.П.'],
}
const second = 'Отправка по жд Сток 2'

test.each<[question: string, filter: Partial<StockFilter>, unread?: string[]]>([
  ['терминал', {}],
  ['что на терминале?', {}],
  ['сток', {}],
  ['остатки', {}],
  ['a-terminal', { terminals: ['A-Terminal'] }],
  ['что на A terminal север', { terminals: ['A-Terminal Север'] }],
  ['на Первомайском', { terminals: ['Первомайский'] }],
  ['терминал порожние', { loaded: false }],
  ['порожние', { loaded: false }],
  ['гружёные на терминале', { loaded: true }],
  ['сток 2', { stocks: [second] }],
  ['сток 2 порожние 40 футов', { stocks: [second], loaded: false, feet: 40 }],
  ['сток ангар', { stocks: ['Сток Ангар'] }],
  ['на таможне', { isAtCustoms: true }],
  ['не растаможены', { isAtCustoms: true }],
  ['сколько на таможне в Селятино', { isAtCustoms: true, directions: ['Селятино'] }],
  ['повреждённые', { isDamaged: true }],
  ['стоит на терминале больше 10 дней', { overDays: 10 }],
  ['на терминале 10 суток', { overDays: 9 }],
  ['терминал больше недели', { overDays: 7 }],
  ['терминал больше 9007199254740993 суток', { overDays: 9_999 }],
  ['сток по Электроуглям', { directions: ['Электроугли'] }],
  ['сток на Красный Яр', { directions: ['Красный Яр'] }],
  ['платное хранение', { isCharged: true }],
  ['у кого закончились бесплатные дни', { isCharged: true }],
  ['сток Ромашки', { clients: ['ООО "Ромашка"'] }],
  ['порожние Тихого Берега на терминале', { clients: ['АО "Тихий Берег"'], loaded: false }],
  ['что у Примерова на терминале', { clients: ['ИП Примеров П.П.'] }],
  ['empties at the terminal', { loaded: false }],
  ['customs', { isAtCustoms: true }],
  ['терминал Восточный', {}, ['восточный']],
  ['сток 7', {}, ['7']],
])('«%s» asks for %j', (text, filter, unread = []) => {
  expect(readStockQuestion(text, { names, today: '2026-11-22' })).toEqual({
    filter: { ...emptyStockFilter, ...filter },
    unread,
  })
})

test.each([
  'добрый день',
  'восток',
  'стоковый',
  'первомайскийский',
  'гружёные',
  'Селятино',
  'Ромашка',
  'сток кроме Селятино',
  'не на терминале',
  'когда терминал принимает машины и сколько стоит въезд для фуры',
])('«%s» does not ask for the stock', (text) => {
  expect(readStockQuestion(text, { names, today: '2026-11-22' })).toBeUndefined()
})
