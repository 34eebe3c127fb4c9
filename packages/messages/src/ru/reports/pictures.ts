import { containers, duration, number, plural } from '../words.ts'

export const pictures = {
  buttons: {
    route: '🗺 Путь картинкой',
    pace: '📈 Ход рейса',
    map: '🗺 Где они',
    arrivals: '📊 Прибытие по дням',
    stock: '📊 По дням',
  },
  empty: (name: string | undefined) =>
    `Рисовать пока нечего${name === undefined ? '' : ` (${name})`}: в отчётах нет ни километров, ни дней.`,
  preparing: 'Рисую, пришлю сюда',
  fileTitles: {
    route: 'Путь',
    train_route: 'Поезд',
    pace: 'Ход рейса',
    map: 'Где контейнеры',
    arrivals: 'Прибытие по дням',
    stock: 'Остаток терминала',
  },
  nowhere: 'неизвестно откуда',
  km: (km: number) => `${number(km)}\u00A0км`,
  asOf: (time: string) => `данные на ${time}`,
  way: (from: string, to: string) => `${from} — ${to}`,
  stops: (count: number) => `… ещё ${count} ${plural(count, { one: 'станция', few: 'станции', many: 'станций' })}`,
  route: {
    title: (container: string) => `Путь контейнера ${container}`,
    stay: (times: string, minutes: number) => `${times}, стоянка ${duration(minutes)}`,
    idle: (minutes: number) => `без движения ${duration(minutes)}`,
    left: (km: number) => `осталось ${number(km)}\u00A0км`,
    progress: (percent: number) => `Пройдено ${percent}\u00A0% пути`,
    strip: 'Когда придёт',
    destination: 'станция назначения неизвестна',
  },
  train: {
    title: (code: string) => `Поезд ${code}`,
    seen: (seen: number, all: number) =>
      `видны ${seen} из ${all} ${plural(all, { one: 'контейнера', few: 'контейнеров', many: 'контейнеров' })}`,
    strip: 'Когда придут',
    here: (count: number) => `${count}\u00A0конт.`,
    none: 'В дислокации поезд ещё не виден',
  },
  marks: {
    window: (days: string) => `прогноз прибытия: ${days}`,
    arrival: (day: string) => `прогноз прибытия: ${day}`,
    notBefore: (day: string) => `прибытие не раньше ${day}: поезд брошен`,
    arrived: (time: string) => `прибыл ${time}`,
    norm: (day: string) => `срок доставки: до конца ${day}`,
    firstNorm: (day: string) => `самый ранний срок доставки: до конца ${day}`,
    late: (count: number) => `позже срока придут: ${count}`,
  },
  pace: {
    title: (container: string) => `Ход рейса ${container}`,
    axis: 'осталось, км',
    own: 'этот рейс',
    usual: (station: string, trips: number) =>
      `как обычно на ${station}, по ${trips} ${plural(trips, { one: 'рейсу', few: 'рейсам', many: 'рейсам' })}`,
    plain: 'расчёт: 600 км в сутки и ещё сутки',
    expected: 'прогноз на остаток пути',
    behind: (minutes: number) => `Отстаёт от обычного хода на ${duration(minutes)}`,
    ahead: (minutes: number) => `Опережает обычный ход на ${duration(minutes)}`,
    even: 'Идёт как обычно',
    over: {
      behind: (minutes: number) => `Пришёл позже обычного на ${duration(minutes)}`,
      ahead: (minutes: number) => `Пришёл раньше обычного на ${duration(minutes)}`,
      even: 'Шёл как обычно',
    },
  },
  map: {
    title: (name: string | undefined) => (name === undefined ? 'Где контейнеры' : `Где контейнеры: ${name}`),
    subtitle: (count: number) => `${containers(count)}, по оставшимся километрам`,
    total: (count: number) => `${number(count)}\u00A0конт.`,
    others: (count: number) =>
      `ещё ${count} ${plural(count, { one: 'станция', few: 'станции', many: 'станций' })} назначения`,
    arrived: 'на месте',
    onTheWay: (station: string, underway: number, arrived: number) =>
      `${station}: в пути ${number(underway)}, на месте ${number(arrived)}`,
    noKm: (count: number) => `Расстояние неизвестно: ${number(count)}`,
    noDestination: (count: number) => `Станция назначения неизвестна: ${number(count)}`,
    unloaded: (count: number) => `Уже выгружены: ${number(count)}`,
    dropped: (count: number) => `Больше недели нет в отчётах: ${number(count)}`,
    unknown: (count: number) => `В дислокации не видны: ${number(count)}`,
  },
  arrivals: {
    title: (name: string | undefined) => (name === undefined ? 'Прибытие по дням' : `Прибытие по дням: ${name}`),
    series: { arrived: 'прибыли', expected: 'ожидаются', late: 'ожидаются позже срока' },
    total: (arrived: number, expected: number) => `Прибыли ${number(arrived)}, ожидаются ${number(expected)}`,
    lateOf: (count: number) => `Из них позже срока: ${number(count)}`,
    later: (count: number) => `Позже этих дней: ${number(count)}`,
    noForecast: (count: number) => `Без прогноза: ${number(count)}`,
  },
  stock: {
    title: (terminal: string | undefined) =>
      terminal === undefined ? 'Терминал: остаток по дням' : `${terminal}: остаток по дням`,
    noDirection: 'без направления',
    others: 'другие направления',
    now: (count: number) => `на конец периода ${containers(count)}`,
    change: (difference: number, days: number) =>
      difference === 0
        ? `За ${days} дн. без изменений`
        : `За ${days} дн. ${difference > 0 ? 'больше' : 'меньше'} на ${number(Math.abs(difference))}`,
  },
}
