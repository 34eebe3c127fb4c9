import { pluralRu } from '@atermtrack/domain'

const ru = {
  command: 'Что стоит на терминале',
  title: (name: string) => `🏗 <b>Терминал ${name}</b>`,
  titleOnly: '🏗 <b>Терминал</b>',
  onSite: (boxes: number) => `На площадке <b>${boxes}</b> ${pluralRu(boxes, 'контейнер', 'контейнера', 'контейнеров')}`,
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
  noTerminals: 'Отчётов терминала пока нет, или на площадке ничего не стоит.',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  others: '🏗 Другие терминалы',
}

const en: typeof ru = {
  command: 'What stands at the terminal',
  title: (name: string) => `🏗 <b>Terminal ${name}</b>`,
  titleOnly: '🏗 <b>Terminal</b>',
  onSite: (boxes: number) => `<b>${boxes}</b> ${boxes === 1 ? 'container' : 'containers'} on site`,
  sizes: (containers20: number, containers40: number, teu: number) =>
    `20': ${containers20}, 40': ${containers40}, ${teu} TEU`,
  lastDay: '<b>In the last 24 hours of data</b>',
  arrived: 'Arrived',
  dispatched: 'Dispatched',
  conditions: '<b>By condition</b>',
  condition: { loaded: 'loaded', empty: 'empty', damaged: 'damaged', customs: 'at customs' },
  noDirection: 'No direction given',
  noStock: 'no stock given',
  noName: 'without a name',
  empty: 'Nothing stands on site.',
  choose: '🏗 Choose a terminal:',
  noTerminals: 'There are no reports of a terminal yet, or nothing stands on site.',
  refresh: '🔄 Refresh',
  refreshed: 'Refreshed',
  others: '🏗 Other terminals',
}

export const texts = { ru, en }
