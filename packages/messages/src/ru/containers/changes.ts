import type { EventKind } from '@atermtrack/domain'
import { containers } from '../words.ts'

const kinds: Readonly<Record<EventKind, string>> = {
  departed: 'Отправились',
  arrived_at_station: 'Прибыли на станцию в пути',
  abandoned: 'Брошены',
  picked_up: 'Подняты',
  long_idle_began: 'Долго стоят',
  long_idle_ended: 'Двинулись после долгой стоянки',
  wagon_changed: 'Сменился вагон',
  train_changed: 'Сменился поезд',
  destination_changed: 'Сменилась станция назначения',
  arrived: 'Прибыли на станцию назначения',
  unloaded: 'Выгружены или выданы',
  left_terminal: 'Ушли с терминала',
  came_to_terminal: 'Пришли на терминал',
  missing: 'Пропали из отчётов',
  returned: 'Снова в отчётах',
  forecast_moved: 'Прогноз сдвинулся',
  norm_at_risk: 'Могут опоздать к сроку доставки',
  norm_missed: 'Опоздали к сроку доставки',
  free_days_end: 'Кончается бесплатное хранение',
}

export const changes = {
  title: (since: string, subject: string) => `🔄 <b>Что изменилось с ${since}</b>, ${subject}`,
  own: 'по вашим подпискам',
  everything: 'по всем контейнерам, которые вам видны',
  trains: (codes: string) => `поезд ${codes}`,
  destinations: (names: string) => `назначение ${names}`,
  noReport: 'Отчётов по подписке вам ещё не приходило, поэтому показываю за сутки.',
  cut: (most: string) => `Подписки охватывают больше контейнеров, чем можно показать; здесь первые ${most}.`,
  total: (count: number) => `С изменениями: ${containers(count)}`,
  nothing: 'Ничего не изменилось.',
  kinds,
  forecastMoved: (hours: number) => `Прогноз сдвинулся больше чем на ${hours} ч`,
  others: (count: number) => `ещё ${count}`,
}
