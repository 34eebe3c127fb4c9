import { containers } from '../words.ts'

/** What is passed on to somebody outside, and how it is asked for. */
export const share = {
  button: '📤 Переслать клиенту',
  choose: (what: string) =>
    `📤 <b>${what}</b>\nКак переслать? В сообщении и в файле будет только то, что нужно клиенту: где, сколько осталось и когда ждать. Без вагонов, поездов, сроков и чужих имён.`,
  list: (count: number) => containers(count),
  text: '💬 Сообщением',
  excel: '📄 Файлом Excel',
  intoChat: '↗ Сразу в чат',
  preparing: '📎 Готовлю файл Excel, пришлю следом: его можно переслать.',
  nothing: 'Об этих контейнерах сейчас нет сведений: пересылать нечего.',
  train: (code: string, destination: string | undefined) =>
    `🚂 <b>Поезд ${code}</b>${destination === undefined ? '' : ` → ${destination}`}`,
  containers: (count: number) => `В нём ${containers(count)}`,
  notOnRailway: 'По железной дороге ещё не отправлены',
  places: '<b>Где сейчас</b>',
  states: {
    at_origin: '🏗 на станции отправления',
    under_way: '🚂 в пути',
    delayed: '⏸ задерживается в пути',
    arrived: '🏁 прибыл на станцию назначения',
    unloaded: '✅ прибыл, выгружен',
    at_terminal: '🏗 на терминале',
    left_terminal: '🚂 отправлен с терминала',
    trucked: '🚚 вывезен с терминала автомобилем',
  },
  place: (place: string, time: string) => `Сейчас: ${place}, сведения от ${time}`,
  terminal: (name: string | undefined) => (name === undefined ? 'Терминал' : `Терминал ${name}`),
  since: (day: string) => `с ${day}`,
  direction: (name: string) => `Направление: ${name}`,
  left: (distance: string) => `Осталось: ${distance}`,
  expected: (days: string) => `Ожидаем: ${days}`,
  notBefore: (day: string) => `Ожидаем не раньше: ${day}`,
  arrivedAt: (time: string) => `Прибыл: ${time}`,
  valid: (asOf: string, until: string) => `Данные на ${asOf}, действительны до ${until}`,
  outdated: (asOf: string) => `Данные на ${asOf}, новых пока нет`,
  noData: 'Данных пока нет',
  inline: {
    hint: 'Напишите номер контейнера или поезда',
    nothing: 'Такого номера не нашлось',
    stranger: 'Нужен доступ: открыть бота',
    several: (count: number) => containers(count),
    severalHint: 'одним сообщением',
    train: (code: string) => `Поезд ${code}`,
  },
}
