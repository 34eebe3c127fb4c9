import { number, plural } from '../words.ts'

export const doubtfulImport = {
  partly: 'Отчёт принят не целиком',
  behind: 'Новый отчёт попал только в историю',
  future: (n: number) =>
    `${number(n)} ${plural(n, { one: 'строка не принята', few: 'строки не приняты', many: 'строк не принято' })}: время в ${n === 1 ? 'ней' : 'них'} позже, чем пришёл файл.`,
  asOf: (when: string) => `Данные в нём на ${when}.`,
  ahead: (name: string, when: string) => `Впереди него ${name}, данные на ${when}.`,
  advice: 'Если время в том отчёте неверное, отмените его импорт: положение контейнеров пересчитается по остальным.',
  show: '👁 Показать',
  undo: (id: number) => `↩️ Отменить импорт №${id}`,
}
