import { expect, test } from 'vitest'
import { actionsOf, rendered } from '../rendered.test-helper.ts'

const report = {
  id: 12,
  fileName: '103 <1>.xlsx',
  sender: 'robot@rail.example',
  stamp: new Date('2026-11-29T05:00:00Z'),
  zone: 'Europe/Moscow',
  futureCount: 0,
}
const ahead = { id: 7, fileName: '<2099>.xlsx', stamp: new Date('2099-01-01T05:00:00Z'), zone: 'Europe/Moscow' }

test('says how many rows were refused, with nothing of the file as markup', () => {
  const notice = rendered('import_doubtful', { ...report, futureCount: 2 }, 'ru')
  expect(notice.html.split('\n')).toEqual([
    '⚠️ <b>Отчёт принят не целиком</b> №12',
    '📄 103 &lt;1&gt;.xlsx',
    '✉️ robot@rail.example',
    '2 строки не приняты: время в них позже, чем пришёл файл.',
  ])
  expect(actionsOf(notice)).toEqual(['wb-show:12'])
})

test('says which report is ahead of the newest one, and offers to undo it', () => {
  const notice = rendered('import_doubtful', { ...report, ahead }, 'ru')
  expect(notice.html.split('\n').slice(0, 5)).toEqual([
    '⚠️ <b>Новый отчёт попал только в историю</b> №12',
    '📄 103 &lt;1&gt;.xlsx',
    '✉️ robot@rail.example',
    'Данные в нём на 29 ноября 08:00 МСК.',
    'Впереди него №7 (&lt;2099&gt;.xlsx), данные на 01.01.2099 08:00.',
  ])
  expect(actionsOf(notice)).toEqual(['wb-show:12', 'wb-show:7', 'wb-undo:7'])
})

test('an admin reads it in English', () => {
  const notice = rendered('import_doubtful', { ...report, ahead, futureCount: 1 }, 'en')
  expect(notice.html).toContain('1 row was refused: the time in it is later than the file came.')
  expect(JSON.stringify(notice).replaceAll('МСК', '')).not.toMatch(/[А-яё]/)
})
