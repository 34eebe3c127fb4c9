import { number, plural } from '../words.ts'

const trips = (count: number) => `${number(count)} ${plural(count, { one: 'рейс', few: 'рейса', many: 'рейсов' })}`

export const forecast = {
  command: 'Насколько точны прогнозы прибытия',
  title: '📈 <b>Точность прогнозов прибытия</b>',
  notMeasured: 'Прогнозы ещё не измерены: это делается раз в неделю, первый раз после запуска.',
  noTrips:
    'Законченных рейсов пока слишком мало, чтобы измерить прогнозы. Пока все прогнозы считаются как 600\u00A0км в сутки и ещё сутки.',
  measured: (time: string, count: number) => `Измерены ${time}, рейсов: ${number(count)}.`,
  legend:
    'Ошибка: на сколько прогноз в среднем расходится с прибытием; в скобках, какой она была бы при 600\u00A0км в сутки и ещё сутках. В окне: доля прибытий внутри показанных дат, должно быть около 80\u00A0%.',
  road: (name: string) => `дорога ${name}`,
  trips,
  error: (days: string, plain: string | undefined) =>
    plain === undefined ? `ошибка ±${days}\u00A0сут` : `ошибка ±${days}\u00A0сут (${plain})`,
  comeLater: (days: string) => `прибывают на ${days}\u00A0сут позже прогноза`,
  comeEarlier: (days: string) => `прибывают на ${days}\u00A0сут раньше прогноза`,
  within: (percent: string) => `в окне ${percent}\u00A0%`,
  untested: 'проверить ещё не на чем',
  step: { lane: 'по своим рейсам', road: 'по рейсам дороги', plain: 'по 600\u00A0км в сутки' },
  km: (from: string, to: string | undefined) => (to === undefined ? `от ${from} км` : `${from}–${to} км`),
  weeks: '<b>Ошибка по измерениям</b>',
  week: (day: string, days: string) => `${day}: ±${days}\u00A0сут`,
  back: '‹ К списку',
}
