import { plural } from '../words.ts'
import type { search as ru } from '../../ru/containers/search.ts'

const states: (typeof ru)['states'] = {
  standing: 'standing',
  halted: 'standing',
  abandoned: 'abandoned',
  en_route: 'en route',
  underway: 'not arrived yet',
  at_origin: 'at the station of departure',
  at_destination: 'at the destination, not unloaded',
  arrived: 'arrived',
  unloaded: 'arrived and unloaded',
  missing: 'missing from the report',
}

export const search: typeof ru = {
  understood: (filter: string) => `🔎 <b>I understood:</b> ${filter}`,
  unread: (words: string) => `Not understood: ${words}`,
  states,
  everything: 'all containers',
  or: ' or ',
  standOver: (time: string) => `standing for more than ${time}`,
  idleOver: (time: string) => `without movement for more than ${time}`,
  ofTrains: (codes: string, count: number) => `of ${plural(count, { one: 'train', other: 'trains' })} ${codes}`,
  station: {
    now: (name: string) => `at the station ${name}`,
    destination: (name: string) => `bound for ${name}`,
    origin: (name: string) => `from ${name}`,
  },
  road: {
    now: (name: string) => `on the railway ${name}`,
    destination: (name: string) => `bound for the railway ${name}`,
    origin: (name: string) => `from the railway ${name}`,
  },
  arrives: (from: string, to: string) => (from === to ? `arriving ${from}` : `arriving ${from} to ${to}`),
  arrived: (from: string, to: string) => (from === to ? `arrival on ${from}` : `arrival from ${from} to ${to}`),
  operated: (from: string, to: string) =>
    from === to ? `last operation on ${from}` : `last operation ${from} to ${to}`,
  byForecast: 'by forecast',
  kmLeft: { under: (km: string) => `less than ${km} km left`, over: (km: string) => `more than ${km} km left` },
  found: (count: number) => `<b>Found ${count} ${plural(count, { one: 'container', other: 'containers' })}</b>`,
  cut: (most: string) =>
    `⚠️ More fit than I look through at once: these are counts of the first ${most}. Please narrow the question.`,
  nothing: '<b>There are no such containers.</b>',
  loosen: 'The buttons below drop or change a condition.',
  unknownPlace: (name: string) =>
    `❔ No report has named a station or railway “${name}” yet. Please check the name, or send the code of the station (6 digits).`,
  askOtherwise: 'Ask in another way, for example: <code>standing over 1 day</code>',
  byStatus: '<b>By status</b>',
  byStation: '<b>By station</b>',
  byDay: '<b>By day of arrival</b>',
  more: (count: number) => `… and ${count} more`,
  roleButtons: { now: '📍 there now', destination: '🏁 bound for it', origin: '🚩 coming from it' },
  overButton: (days: number) => `> ${days} d`,
  standingButton: '⏸ standing only',
  abandonedButton: '🛑 abandoned only',
  drop: {
    states: '✕ status',
    idle: '✕ idle time',
    kmLeft: '✕ distance',
    arrives: '✕ day',
    trains: '✕ train',
    places: '✕ place',
  },
  subscribe: '🔔 Subscribe',
  excel: '📄 Excel',
  refresh: '🔄 Refresh',
  refreshed: 'Refreshed',
  preparing: 'I am preparing an Excel file; it follows',
}
