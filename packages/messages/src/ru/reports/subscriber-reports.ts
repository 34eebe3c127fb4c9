import { containers, plural } from '../words.ts'

export const subscriberReports = {
  title: 'Отчёты подписчиков',
  overview: 'Подписчики',
  columns: { owner: 'Человек', subscription: 'Подписка', containers: 'Контейнеров', outcome: 'Лист' },
  outcomes: {
    shown: 'есть',
    template: 'есть; сам человек получает эти данные в своей книге',
    empty: 'нет контейнеров',
    noAccess: 'у человека нет доступа',
    leftOut: 'не поместился',
  },
  caption: (sheets: number, rows: number) =>
    `Отчёты подписчиков: ${sheets} ${plural(sheets, { one: 'лист', few: 'листа', many: 'листов' })}, ${containers(rows)}`,
  cut: (most: number) => `Подписок больше ${most}: показаны первые.`,
  tooLong: (most: number) => `В одной книге не больше ${most} строк: что не поместилось, названо на первом листе.`,
}
