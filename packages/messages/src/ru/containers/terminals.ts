import { plural } from '../words.ts'

export const terminals = {
  command: 'Что стоит на терминале',
  title: (name: string) => `🏗 <b>Терминал ${name}</b>`,
  titleOnly: '🏗 <b>Терминал</b>',
  onSite: (count: number) =>
    `На площадке <b>${count}</b> ${plural(count, { one: 'контейнер', few: 'контейнера', many: 'контейнеров' })}`,
  sizes: (containers20: number, containers40: number, teu: number) =>
    `20': ${containers20}, 40': ${containers40}, ${teu} TEU`,
  lastDay: '<b>За последние сутки данных</b>',
  arrived: 'Прибыло',
  dispatched: 'Отправлено',
  conditions: '<b>По состоянию</b>',
  condition: { loaded: 'гружёные', empty: 'порожние', damaged: 'повреждённые', customs: 'на таможне' },
  noDirection: 'Направление не указано',
  noStock: 'сток не указан',
  noName: 'без названия',
  empty: 'На площадке ничего не стоит.',
  choose: '🏗 Выберите терминал:',
  /** The name is HTML. */
  summary: (name: string, onSite: number, time: string, age: string) =>
    `• ${name}: на площадке ${onSite}, отчёт от ${time}, возраст ${age}`,
  noTerminals: 'Отчётов терминала пока нет, или на площадке ничего не стоит.',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  others: '🏗 Другие терминалы',
}
