import { containers, plural } from '../words.ts'

/** Mails about events to the address lists of the admins. */
export const eventMail = {
  title: 'События',
  kinds: {
    departed: 'отправлен',
    arrived_at_station: 'прибыл на станцию',
    abandoned: 'брошен',
    picked_up: 'поднят',
    long_idle_began: 'долго стоит',
    long_idle_ended: 'снова едет',
    wagon_changed: 'сменился вагон',
    train_changed: 'сменился поезд',
    destination_changed: 'сменилась станция назначения',
    arrived: 'прибыл на станцию назначения',
    unloaded: 'выгружен',
    left_terminal: 'вывезен с терминала',
    came_to_terminal: 'завезён на терминал',
    missing: 'пропал из отчёта',
    returned: 'снова в отчёте',
    forecast_moved: 'сдвинулся прогноз',
    norm_at_risk: 'может опоздать',
    norm_missed: 'опаздывает',
    free_days_end: 'кончаются бесплатные дни',
  },
  /** `counts` such as «выгружен: 12». */
  subject: (list: string, counts: string, boxes: number, trains: number) =>
    `${list}: ${counts} (${containers(boxes)}${trains > 0 ? `, ${trains} ${plural(trains, { one: 'поезд', few: 'поезда', many: 'поездов' })}` : ''})`,
  noTrain: 'без поезда',
  train: (code: string, boxes: number) => `${code}: ${containers(boxes)}`,
  attached: 'Таблица во вложении.',
  sheets: { events: 'События', trains: 'По поездам' },
  columns: {
    train: 'Поезд',
    container: 'Контейнер',
    client: 'Клиент',
    event: 'Событие',
    station: 'Станция',
    destination: 'Станция назначения',
    waybill: 'Накладная',
    count: 'Контейнеров',
  },
  happened: (zone: string) => `Когда (${zone})`,
}
