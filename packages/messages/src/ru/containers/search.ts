import type { FilterState } from '@atermtrack/domain'
import { plural } from '../words.ts'

const states: Readonly<Record<FilterState, string>> = {
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

export const search = {
  understood: (filter: string) => `🔎 <b>Понял так:</b> ${filter}`,
  unread: (words: string) => `Не разобрал: ${words}`,
  states,
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
  found: (count: number) =>
    `<b>Найдено ${count} ${plural(count, { one: 'контейнер', few: 'контейнера', many: 'контейнеров' })}</b>`,
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
  subscribe: '🔔 Подписаться',
  excel: '📄 Excel',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  preparing: 'Готовлю файл Excel, пришлю следом',
}
