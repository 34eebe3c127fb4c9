import { number, plural } from '../words.ts'

const trips = (count: number) => `${number(count)} ${plural(count, { one: 'trip', other: 'trips' })}`

export const forecast = {
  command: 'How exact arrival forecasts are',
  title: '📈 <b>How exact arrival forecasts are</b>',
  notMeasured: 'Forecasts have not been measured yet: that happens once a week, for the first time after the start.',
  noTrips:
    'There are too few finished trips to measure forecasts. Until there are more, every forecast is 600\u00A0km a day and one day on top.',
  measured: (time: string, count: number) => `Measured ${time} from ${trips(count)}.`,
  legend:
    'Error: how far forecast and arrival are apart on average; in brackets, what it would be with 600\u00A0km a day and one day on top. In the window: the share of arrivals within the dates shown, which should be about 80%.',
  road: (name: string) => name,
  trips,
  error: (days: string, plain: string | undefined) =>
    plain === undefined ? `error ±${days}\u00A0d` : `error ±${days}\u00A0d (${plain})`,
  comeLater: (days: string) => `containers come ${days}\u00A0d after the forecast`,
  comeEarlier: (days: string) => `containers come ${days}\u00A0d before the forecast`,
  within: (percent: string) => `${percent}% in the window`,
  untested: 'nothing to test with yet',
  step: { lane: 'by its own trips', road: 'by the trips of its road', plain: 'by 600\u00A0km a day' },
  km: (from: string, to: string | undefined) => (to === undefined ? `from ${from} km` : `${from}–${to} km`),
  weeks: '<b>Error by measurement</b>',
  week: (day: string, days: string) => `${day}: ±${days}\u00A0d`,
  back: '‹ Back to the list',
}
