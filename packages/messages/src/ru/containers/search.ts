import type { FilterState } from '@atermtrack/domain'
import { containers, plural } from '../words.ts'

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
  departed: 'отправились',
  any: 'все контейнеры',
}

/** «Забайкальская» of «на Забайкальской дороге», several joined by «или». */
function inCase(names: string, ending: string): string {
  return names.replaceAll(/ая(?=$| или )/gu, ending)
}

export const search = {
  understood: (filter: string) => `🔎 <b>Показываю:</b> ${filter}`,
  unread: (words: string) => `Не разобрал: ${words}`,
  states,
  everything: 'все контейнеры',
  /** Behind their kind: «порожние, 20-футовые контейнеры». */
  containers: 'контейнеры',
  or: ' или ',
  standOver: (time: string) => `стоят больше ${time}`,
  idleOver: (time: string) => `без движения больше ${time}`,
  norm: {
    late: (over: number) => (over === 0 ? 'опаздывают' : `опаздывают больше чем на ${over} сут`),
    at_risk: (over: number) => (over === 0 ? 'ожидается опоздание' : `ожидается опоздание больше ${over} сут`),
    in_time: (_over: number) => 'идут в срок',
  },
  /** Of containers that have arrived. */
  keptNorm: {
    late: (over: number) => (over === 0 ? 'позже срока' : `больше чем на ${over} сут позже срока`),
    at_risk: (_over: number) => 'ожидается опоздание',
    in_time: (_over: number) => 'в срок',
  },
  ofTrains: (codes: string, count: number) => `из ${count === 1 ? 'поезда' : 'поездов'} ${codes}`,
  noPlans: (waiting: number) =>
    `Планов отправки нет ни в отчётах железной дороги, ни в отчётах терминала, поэтому дня назвать не могу.\n${
      waiting === 0
        ? 'На станциях отправления сейчас никто не ждёт.'
        : `На станциях отправления ждут: ${containers(waiting)}.`
    }`,
  atOrigin: (count: number) => `🚩 Ждут отправки · ${count}`,
  atTerminals: '🏗 На терминале',
  trainLists: '🚂 Поезда',
  inTrain: (train: string) => `в поезде ${train}`,
  /** A train with many containers in one place; `codes` are the terminal's. */
  train: (train: string, codes: string, count: number) =>
    `🚂 <b>Поезд ${train}</b>${codes === '' ? '' : ` (${codes})`}: ${containers(count)}`,
  lateOfTrain: (count: number) => `опаздывают ${count}`,
  trainButton: (train: string, count: number) => `🚂 ${train} · ${count}`,
  isTrain: (train: string, count: number) => `🚂 ${train} — номер поезда, в нём ${containers(count)}.`,
  far: (range: string) => `Осталось ехать: <b>${range}</b>`,
  farUnknown: (count: number) => `Расстояние неизвестно у ${count}`,
  passedOn: (from: string, to: string) => (from === to ? `были там ${from}` : `были там с ${from} по ${to}`),
  station: {
    now: (name: string) => `на станции ${name}`,
    destination: (name: string) => `назначением на ${name}`,
    passed: (name: string) => `прошли станцию ${name}`,
    origin: (name: string) => `со станции ${name}`,
  },
  road: {
    now: (name: string) => `на ${inCase(name, 'ой')} дороге`,
    destination: (name: string) => `назначением на ${inCase(name, 'ую')} дорогу`,
    passed: (name: string) => `прошли по ${inCase(name, 'ой')} дороге`,
    origin: (name: string) => `с ${inCase(name, 'ой')} дороги`,
  },
  arrives: (from: string, to: string) => (from === to ? `прибудут ${from}` : `прибудут с ${from} по ${to}`),
  arrived: (from: string, to: string) => (from === to ? `день прибытия ${from}` : `прибытие с ${from} по ${to}`),
  operated: (from: string, to: string) =>
    from === to ? `последняя операция ${from}` : `последняя операция с ${from} по ${to}`,
  departed: (from: string, to: string) => (from === to ? `отправились ${from}` : `отправились с ${from} по ${to}`),
  loaded: 'гружёные',
  empty: 'порожние',
  feet: (feet: number) => `${feet}-футовые`,
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
  similarPlaces: 'Похожие названия:',
  partly: (places: string, unread: string) =>
    `🔎 <b>Понял:</b> ${places}. <b>Не понял:</b> ${unread}.\nВот что можно спросить:`,
  askAbout: {
    now: '📍 Что там сейчас',
    standing: '⏸ Что там стоит',
    destination: '🏁 Что туда едет',
    late: '⏰ Что туда опаздывает',
    origin: '🚩 Что оттуда ушло',
    passed: '↪️ Что там уже прошло',
  },
  askOtherwise: 'Спросите иначе, например: <code>что стоит больше 1 суток</code>',
  byStatus: '<b>По состоянию</b>',
  byStation: '<b>По станциям</b>',
  byDay: '<b>По дню прибытия</b>',
  more: (count: number) => `… и ещё ${count}`,
  roleButtons: { now: '📍 сейчас там', destination: '🏁 едут туда', origin: '🚩 едут оттуда', passed: '↪️ прошли её' },
  overButton: (days: number) => `> ${days} сут`,
  standingButton: '⏸ только стоящие',
  abandonedButton: '🛑 только брошенные',
  lateButton: '⏰ только опаздывающие',
  normButtons: { late: '⏰ опаздывают', at_risk: '⏳ могут опоздать' },
  drop: {
    states: '✕ состояние',
    idle: '✕ простой',
    kmLeft: '✕ расстояние',
    norm: '✕ срок',
    departed: '✕ день отправки',
    cargo: '✕ вид',
    arrives: '✕ день',
    trains: '✕ поезд',
    passedOn: '✕ день проезда',
    places: '✕ место',
  },
  subscribe: '🔔 Подписаться',
  excel: '📄 Excel',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  preparing: 'Готовлю файл Excel, пришлю следом',
}
