import { containers, plural } from '../words.ts'
import type { search as ru } from '../../ru/containers/search.ts'

const states: (typeof ru)['states'] = {
  standing: 'standing',
  halted: 'standing',
  abandoned: 'held en route',
  en_route: 'en route',
  underway: 'not arrived yet',
  at_origin: 'at the origin station',
  at_destination: 'at the destination, not unloaded',
  arrived: 'arrived',
  unloaded: 'arrived and unloaded',
  missing: 'missing from the report',
  departed: 'departed',
  any: 'all containers',
}

export const search: typeof ru = {
  understood: (filter: string) => `🔎 <b>Showing:</b> ${filter}`,
  unread: (words: string) => `Not understood: ${words}`,
  states,
  everything: 'all containers',
  containers: 'containers',
  or: ' or ',
  standOver: (time: string) => `standing for more than ${time}`,
  idleOver: (time: string) => `not moving for more than ${time}`,
  norm: {
    late: (over: number) => (over === 0 ? 'late' : `more than ${over} d late`),
    at_risk: (over: number) => (over === 0 ? 'expected to be late' : `expected to be more than ${over} d late`),
    in_time: (_over: number) => 'on time',
  },
  /** Of containers that have arrived. */
  keptNorm: {
    late: (over: number) => (over === 0 ? 'after the due date' : `more than ${over} d after the due date`),
    at_risk: (_over: number) => 'expected to be late',
    in_time: (_over: number) => 'on time',
  },
  ofTrains: (codes: string, count: number) => `of ${plural(count, { one: 'train', other: 'trains' })} ${codes}`,
  noPlans: (waiting: number) =>
    `Neither the railway nor the terminal reports planned departures, so I cannot name the day.\n${
      waiting === 0
        ? 'Nothing is waiting at an origin station now.'
        : `Waiting at origin stations: ${containers(waiting)}.`
    }`,
  atOrigin: (count: number) => `🚩 Waiting to depart · ${count}`,
  atTerminals: '🏗 At the terminal',
  trainLists: '🚂 Trains',
  inTrain: (train: string) => `in train ${train}`,
  train: (train: string, codes: string, count: number) =>
    `🚂 <b>Train ${train}</b>${codes === '' ? '' : ` (${codes})`}: ${containers(count)}`,
  lateOfTrain: (count: number) => `${count} late`,
  trainButton: (train: string, count: number) => `🚂 ${train} · ${count}`,
  isTrain: (train: string, count: number) => `🚂 ${train} is the number of a train with ${containers(count)}.`,
  far: (range: string) => `Still to go: <b>${range}</b>`,
  farUnknown: (count: number) => `The distance of ${count} is unknown`,
  passedOn: (from: string, to: string) => (from === to ? `were there on ${from}` : `were there from ${from} to ${to}`),
  station: {
    now: (name: string) => `at the station ${name}`,
    destination: (name: string) => `bound for ${name}`,
    passed: (name: string) => `have passed the station ${name}`,
    origin: (name: string) => `from ${name}`,
  },
  road: {
    now: (name: string) => `on the ${name}`,
    destination: (name: string) => `bound for the ${name}`,
    passed: (name: string) => `have passed the ${name}`,
    origin: (name: string) => `from the ${name}`,
  },
  arrives: (from: string, to: string) => (from === to ? `arriving on ${from}` : `arriving from ${from} to ${to}`),
  arrived: (from: string, to: string) => (from === to ? `arrival on ${from}` : `arrival from ${from} to ${to}`),
  operated: (from: string, to: string) =>
    from === to ? `last operation on ${from}` : `last operation from ${from} to ${to}`,
  departed: (from: string, to: string) => (from === to ? `departed on ${from}` : `departed from ${from} to ${to}`),
  loaded: 'loaded',
  empty: 'empty',
  feet: (feet: number) => `${feet} ft`,
  byForecast: 'by forecast',
  kmLeft: { under: (km: string) => `less than ${km} km left`, over: (km: string) => `more than ${km} km left` },
  found: (count: number) => `<b>Found ${count} ${plural(count, { one: 'container', other: 'containers' })}</b>`,
  cut: (most: string) =>
    `⚠️ More fit than I look through at once: these are counts of the first ${most}. Please narrow the question.`,
  nothing: '<b>There are no such containers.</b>',
  loosen: 'The buttons below drop or change a condition.',
  unknownPlace: (name: string) =>
    `❔ No report has named a station or railway “${name}” yet. Please check the name, or send the code of the station (6 digits).`,
  similarPlaces: 'Similar names:',
  partly: (places: string, unread: string) =>
    `🔎 <b>Understood:</b> ${places}. <b>Not understood:</b> ${unread}.\nThis is what you can ask:`,
  askAbout: {
    now: '📍 What is there now',
    standing: '⏸ What stands there',
    destination: '🏁 What is bound for it',
    late: '⏰ What is late for it',
    origin: '🚩 What has left it',
    passed: '↪️ What has passed it',
  },
  askOtherwise: 'Ask in another way, for example: <code>standing over 1 day</code>',
  byStatus: '<b>By status</b>',
  byStation: '<b>By station</b>',
  byDay: '<b>By day of arrival</b>',
  more: (count: number) => `… and ${count} more`,
  roleButtons: {
    now: '📍 there now',
    destination: '🏁 bound for it',
    origin: '🚩 coming from it',
    passed: '↪️ have passed it',
  },
  overButton: (days: number) => `> ${days} d`,
  standingButton: '⏸ standing only',
  abandonedButton: '🛑 held only',
  lateButton: '⏰ only late ones',
  normButtons: { late: '⏰ late', at_risk: '⏳ may be late' },
  drop: {
    states: '✕ status',
    idle: '✕ idle time',
    kmLeft: '✕ distance',
    norm: '✕ due date',
    departed: '✕ day of departure',
    cargo: '✕ kind',
    arrives: '✕ day',
    trains: '✕ train',
    passedOn: '✕ day of passing',
    places: '✕ place',
  },
  subscribe: '🔔 Subscribe',
  excel: '📄 Excel',
  refresh: '🔄 Refresh',
  refreshed: 'Refreshed',
  preparing: 'Preparing an Excel file, which I will send here',
}
