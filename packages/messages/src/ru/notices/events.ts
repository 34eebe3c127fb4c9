import { containers, plural } from '../words.ts'

const hours = (n: number) => `${n} ${plural(n, { one: 'час', few: 'часа', many: 'часов' })}`

/** Kinds of events, each as a heading before a colon. */
const kinds = {
  departed: '🚂 Отправление',
  arrived_at_station: '🚉 Прибытие на станцию',
  abandoned: '🛑 Поезд брошен',
  picked_up: '✅ Брошенный поезд снова едет',
  long_idle_began: '⏸ Долгий простой',
  long_idle_ended: '▶️ Простой закончился',
  wagon_changed: '🔁 Смена вагона',
  train_changed: '🔀 Смена поезда',
  destination_changed: '⚠️ Смена станции назначения',
  arrived: '🏁 Прибытие на станцию назначения',
  unloaded: '📤 Выгрузка или выдача',
  left_terminal: '🚪 Уход с терминала',
  came_to_terminal: '🏗 Приём на терминал',
  missing: '❓ Пропажа из отчёта',
  returned: '🔎 Снова в отчёте',
  forecast_moved: '📅 Прогноз изменился',
  norm_at_risk: '⏳ Риск опоздать к нормативному сроку',
  norm_missed: '⏰ Нормативный срок прошёл',
  free_days_end: '💰 Кончаются бесплатные дни на терминале',
}

export const events = {
  kinds,
  forecastLater: '📅 Прибытие откладывается',
  forecastEarlier: '📅 Прибытие ожидается раньше',
  containers,
  train: (name: string) => `поезд ${name}`,
  fromTo: (from: string, to: string) => `с ${from} до ${to}`,
  movedBy: (least: number, most: number) => `на ${least === most ? hours(least) : `${least}–${hours(most)}`}`,
  expected: (destination: string, when: string) => `🎯 ${destination}: прибытие ожидается ${when}`,
  notBefore: (destination: string, when: string) => `🎯 ${destination}: прибытие не раньше ${when}`,
  going: (destination: string) => `🎯 Назначение: ${destination}`,
  freeUntil: (when: string, dayRate?: number) =>
    `💳 Бесплатно до ${when}${dayRate === undefined ? '' : `, потом ${dayRate} ₽ в сутки`}`,
  elsewhere: (list: string) => `↪️ Другая станция назначения: ${list}`,
  more: (n: number) => `… и ещё ${n}`,
  corrected: (list: string) => `✏️ Исправлено, этого не было: ${list}`,
  correctedAll: (heading: string, list: string) =>
    `✏️ <b>Исправление.</b> ${heading}: этого не было, данные отозваны.\n${list}`,
  digest: (name: string) => `🔔 <b>События: ${name}</b>`,
  morning: '🌅 <b>События за тихие часы</b>',
  gathered: '🔔 <b>Ещё события за этот час</b>',
  otherGroups: (n: number) => `… и ещё ${n} ${plural(n, { one: 'событие', few: 'события', many: 'событий' })}`,
  buttons: {
    list: '📋 Все контейнеры',
    train: '🚂 Поезд',
    stop: '🔕 Больше не сообщать',
    settings: '⚙️ События',
  },
  subject: (heading: string, count: string) => `${heading}: ${count}`,
}
