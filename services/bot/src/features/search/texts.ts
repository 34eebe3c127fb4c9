import { type FilterState, pluralRu } from '@atermtrack/domain'

const ruStates: Readonly<Record<FilterState, string>> = {
  standing: 'стоят',
  halted: 'стоят',
  abandoned: 'брошены',
  en_route: 'в пути',
  underway: 'ещё не прибыли',
  at_origin: 'на станции отправления',
  at_destination: 'на станции назначения, не выгружены',
  arrived: 'прибыли',
  unloaded: 'прибыли и выгружены',
  missing: 'пропали из отчёта',
}

const enStates: typeof ruStates = {
  standing: 'standing',
  halted: 'standing',
  abandoned: 'abandoned',
  en_route: 'en route',
  underway: 'not arrived yet',
  at_origin: 'at the station of departure',
  at_destination: 'at the destination, not unloaded',
  arrived: 'arrived',
  unloaded: 'arrived and unloaded',
  missing: 'missing from the report',
}

const ru = {
  understood: (filter: string) => `🔎 <b>Понял так:</b> ${filter}`,
  unread: (words: string) => `Не разобрал: ${words}`,
  states: ruStates,
  everything: 'все контейнеры',
  or: ' или ',
  standOver: (time: string) => `стоят больше ${time}`,
  idleOver: (time: string) => `без движения больше ${time}`,
  ofTrains: (codes: string, count: number) => `из ${count === 1 ? 'поезда' : 'поездов'} ${codes}`,
  station: {
    now: (name: string) => `на станции ${name}`,
    destination: (name: string) => `назначением ${name}`,
    origin: (name: string) => `со станции ${name}`,
  },
  road: {
    now: (name: string) => `на дороге ${name}`,
    destination: (name: string) => `назначением на дорогу ${name}`,
    origin: (name: string) => `с дороги ${name}`,
  },
  arrives: (from: string, to: string) => (from === to ? `прибудут ${from}` : `прибудут с ${from} по ${to}`),
  arrived: (from: string, to: string) => (from === to ? `день прибытия ${from}` : `прибытие с ${from} по ${to}`),
  operated: (from: string, to: string) =>
    from === to ? `последняя операция ${from}` : `последняя операция с ${from} по ${to}`,
  byForecast: 'по прогнозу',
  kmLeft: { under: (km: string) => `осталось меньше ${km} км`, over: (km: string) => `осталось больше ${km} км` },
  found: (count: number) => `<b>Найдено ${count} ${pluralRu(count, 'контейнер', 'контейнера', 'контейнеров')}</b>`,
  cut: (most: string) =>
    `⚠️ Подходящих больше, чем я просматриваю за раз: здесь посчитаны первые ${most}. Сузьте, пожалуйста, вопрос.`,
  nothing: '<b>Таких контейнеров нет.</b>',
  loosen: 'Можно снять или изменить условие кнопками ниже.',
  unknownPlace: (name: string) =>
    `❔ Станции или дороги «${name}» в отчётах ещё не было. Проверьте название или пришлите код станции (6 цифр).`,
  askOtherwise: 'Спросите иначе, например: <code>что стоит больше 1 суток</code>',
  byStatus: '<b>По состоянию</b>',
  byStation: '<b>По станциям</b>',
  byDay: '<b>По дню прибытия</b>',
  more: (count: number) => `… и ещё ${count}`,
  roleButtons: { now: '📍 сейчас там', destination: '🏁 едут туда', origin: '🚩 едут оттуда' },
  overButton: (days: number) => `> ${days} сут`,
  standingButton: '⏸ только стоящие',
  abandonedButton: '🛑 только брошенные',
  drop: {
    states: '✕ состояние',
    idle: '✕ простой',
    kmLeft: '✕ расстояние',
    arrives: '✕ день',
    trains: '✕ поезд',
    places: '✕ место',
  },
  excel: '📄 Excel',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  preparing: 'Готовлю файл Excel, пришлю следом',
}

const en: typeof ru = {
  understood: (filter: string) => `🔎 <b>I understood:</b> ${filter}`,
  unread: (words: string) => `Not understood: ${words}`,
  states: enStates,
  everything: 'all containers',
  or: ' or ',
  standOver: (time: string) => `standing for more than ${time}`,
  idleOver: (time: string) => `without movement for more than ${time}`,
  ofTrains: (codes: string, count: number) => `of ${count === 1 ? 'train' : 'trains'} ${codes}`,
  station: {
    now: (name: string) => `at the station ${name}`,
    destination: (name: string) => `bound for ${name}`,
    origin: (name: string) => `from ${name}`,
  },
  road: {
    now: (name: string) => `on the railway ${name}`,
    destination: (name: string) => `bound for the railway ${name}`,
    origin: (name: string) => `from the railway ${name}`,
  },
  arrives: (from: string, to: string) => (from === to ? `arriving ${from}` : `arriving ${from} to ${to}`),
  arrived: (from: string, to: string) => (from === to ? `arrival on ${from}` : `arrival from ${from} to ${to}`),
  operated: (from: string, to: string) =>
    from === to ? `last operation on ${from}` : `last operation ${from} to ${to}`,
  byForecast: 'by forecast',
  kmLeft: { under: (km: string) => `less than ${km} km left`, over: (km: string) => `more than ${km} km left` },
  found: (count: number) => `<b>Found ${count} ${count === 1 ? 'container' : 'containers'}</b>`,
  cut: (most: string) =>
    `⚠️ More fit than I look through at once: these are counts of the first ${most}. Please narrow the question.`,
  nothing: '<b>There are no such containers.</b>',
  loosen: 'The buttons below drop or change a condition.',
  unknownPlace: (name: string) =>
    `❔ No report has named a station or railway “${name}” yet. Please check the name, or send the code of the station (6 digits).`,
  askOtherwise: 'Ask in another way, for example: <code>standing over 1 day</code>',
  byStatus: '<b>By status</b>',
  byStation: '<b>By station</b>',
  byDay: '<b>By day of arrival</b>',
  more: (count: number) => `… and ${count} more`,
  roleButtons: { now: '📍 there now', destination: '🏁 bound for it', origin: '🚩 coming from it' },
  overButton: (days: number) => `> ${days} d`,
  standingButton: '⏸ standing only',
  abandonedButton: '🛑 abandoned only',
  drop: {
    states: '✕ status',
    idle: '✕ idle time',
    kmLeft: '✕ distance',
    arrives: '✕ day',
    trains: '✕ train',
    places: '✕ place',
  },
  excel: '📄 Excel',
  refresh: '🔄 Refresh',
  refreshed: 'Refreshed',
  preparing: 'I am preparing an Excel file; it follows',
}

export const texts = { ru, en }
