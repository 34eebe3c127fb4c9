import type { pictures as ru } from '../../ru/reports/pictures.ts'
import { containers, duration, number, plural } from '../words.ts'

export const pictures: typeof ru = {
  buttons: {
    route: '🗺 Route as a picture',
    pace: '📈 Pace of the trip',
    map: '🗺 Where they are',
    arrivals: '📊 Arrivals by day',
    stock: '📊 By day',
  },
  empty: (name) =>
    `There is nothing to draw yet${name === undefined ? '' : ` (${name})`}: the reports name neither kilometres nor days.`,
  preparing: 'Drawing it; I will send it here',
  fileTitles: {
    route: 'Route',
    train_route: 'Train',
    pace: 'Pace',
    map: 'Where the containers are',
    arrivals: 'Arrivals by day',
    stock: 'Terminal stock',
  },
  nowhere: 'origin unknown',
  km: (km) => `${number(km)}\u00A0km`,
  asOf: (time) => `data as of ${time}`,
  way: (from, to) => `${from} — ${to}`,
  stops: (count) => `… ${count} more ${plural(count, { one: 'station', other: 'stations' })}`,
  route: {
    title: (container) => `Route of container ${container}`,
    stay: (times, minutes) => `${times}, stood ${duration(minutes)}`,
    idle: (minutes) => `has not moved for ${duration(minutes)}`,
    left: (km) => `${number(km)}\u00A0km left`,
    progress: (percent) => `${percent}% of the way covered`,
    strip: 'When it arrives',
    destination: 'destination unknown',
  },
  train: {
    title: (code) => `Train ${code}`,
    seen: (seen, all) => `${seen} of ${containers(all)} seen`,
    strip: 'When they arrive',
    here: (count) => `${count}\u00A0boxes`,
    none: 'No railway report has seen the train yet',
  },
  marks: {
    window: (days) => `expected arrival: ${days}`,
    arrival: (day) => `expected arrival: ${day}`,
    notBefore: (day) => `not before ${day}: the train is held en route`,
    arrived: (time) => `arrived ${time}`,
    norm: (day) => `due by the end of ${day}`,
    firstNorm: (day) => `the first is due by the end of ${day}`,
    late: (count) => `will arrive late: ${count}`,
  },
  pace: {
    title: (container) => `Pace of ${container}`,
    axis: 'km left',
    own: 'this trip',
    usual: (station, trips) =>
      `usual pace to ${station}, from ${trips} ${plural(trips, { one: 'trip', other: 'trips' })}`,
    plain: 'calculated: 600 km a day and one day more',
    expected: 'forecast for the rest of the way',
    behind: (minutes) => `Behind the usual pace by ${duration(minutes)}`,
    ahead: (minutes) => `Ahead of the usual pace by ${duration(minutes)}`,
    even: 'Keeps the usual pace',
    over: {
      behind: (minutes) => `Arrived later than usual by ${duration(minutes)}`,
      ahead: (minutes) => `Arrived earlier than usual by ${duration(minutes)}`,
      even: 'Kept the usual pace',
    },
  },
  map: {
    title: (name) => (name === undefined ? 'Where the containers are' : `Where the containers are: ${name}`),
    subtitle: (count) => `${containers(count)}, by kilometres left`,
    total: (count) => `${number(count)}\u00A0${plural(count, { one: 'box', other: 'boxes' })}`,
    others: (count) => `${count} more ${plural(count, { one: 'destination', other: 'destinations' })}`,
    arrived: 'arrived',
    onTheWay: (station, underway, arrived) => `${station}: ${number(underway)} en route, ${number(arrived)} arrived`,
    noKm: (count) => `Distance unknown: ${number(count)}`,
    noDestination: (count) => `Destination unknown: ${number(count)}`,
    unloaded: (count) => `Unloaded already: ${number(count)}`,
    dropped: (count) => `Not in the reports for over a week: ${number(count)}`,
    unknown: (count) => `Not seen by the railway: ${number(count)}`,
  },
  arrivals: {
    title: (name) => (name === undefined ? 'Arrivals by day' : `Arrivals by day: ${name}`),
    series: { arrived: 'arrived', expected: 'expected', late: 'expected late' },
    total: (arrived, expected) => `${number(arrived)} arrived, ${number(expected)} expected`,
    lateOf: (count) => `Late among them: ${number(count)}`,
    later: (count) => `Later than these days: ${number(count)}`,
    noForecast: (count) => `Without a forecast: ${number(count)}`,
  },
  stock: {
    title: (terminal) => (terminal === undefined ? 'Terminal: stock by day' : `${terminal}: stock by day`),
    noDirection: 'no direction',
    others: 'other directions',
    now: (count) => `${containers(count)} at the end`,
    change: (difference, days) =>
      difference === 0
        ? `No change in ${days} days`
        : `${number(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than ${days} days before`,
  },
}
