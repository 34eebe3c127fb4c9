import { duration, plural } from '../words.ts'
import type { provenance as ru } from '../../ru/operations/provenance.ts'

const rules: (typeof ru)['rules'] = {
  unloaded_at_destination: ({ operation, station }) =>
    `the operation “${operation}” at the destination ${station} means unloading.`,
  at_destination: ({ operation, station }) =>
    `${station} is the destination, and the operation “${operation}” does not unload yet.`,
  waits_at_origin: ({ operation, station }) =>
    `${station} is the origin station, the row names no train, and “${operation}” is no departure.`,
  abandoned_now: ({ operation }) => `the operation “${operation}” means that the train is held en route.`,
  abandoned_before: ({ station }) =>
    `the train of the container was held at ${station} before, and has not moved on since.`,
  idle_for_long: ({ idleMinutes, standingAfterMinutes }) =>
    `the report is ${duration(idleMinutes)} later than the operation, and more than ${duration(standingAfterMinutes)} means “standing”.`,
  on_its_way: ({ station, idleMinutes, standingAfterMinutes }) =>
    `${station} is not the end of the way, the train is not held, and the report is ${duration(idleMinutes)} later than the operation, no more than ${duration(standingAfterMinutes)}.`,
}

const absences: (typeof ru)['absences'] = {
  missing: (since) => `the report of the same sender as of ${since} no longer lists it.`,
  dropped: (since) => `reports of the same sender have not listed it since ${since}, which is more than a week.`,
}

export const provenance: typeof ru = {
  command: 'What the bot sees: where the data of a container come from',
  button: '🔎 What the bot sees',
  ask: 'Send the number of a container, and I show every row of the files that lists it, and why its status is what it is.',
  badNumber: 'This is not a container number. It has 4 letters and 7 digits. To leave: /cancel',
  title: (container) => `🔎 <b>What the bot sees: <code>${container}</code></b>`,
  state: (status) => `Status: ${status}`,
  why: (reason) => `Why: ${reason}`,
  before: (reason) => `Otherwise: ${reason}`,
  rules,
  absences,
  noPosition: 'The railway has not reported it: there is no position.',
  from: (place) => `The position comes from: ${place}`,
  files: (count) =>
    `<b>${count} ${plural(count, { one: 'file speaks', other: 'files speak' })} of it</b>, newest first`,
  noFiles: 'No file that was read lists it.',
  formed: (time) => `report as of ${time}`,
  received: (time) => `received ${time}`,
  place: (sheet, row) => (sheet === undefined ? `row ${row}` : `sheet “${sheet}”, row ${row}`),
  moreRows: (rows, others) => `more rows: ${rows.join(', ')}${others > 0 ? ` and ${others} others` : ''}`,
  notKept: 'the rows of this file are no longer kept',
  inTrain: (train) => `on the list of train ${train}`,
  atTerminal: (terminal) => `at the terminal ${terminal}`,
  atUnnamedTerminal: 'at the terminal',
  backToCard: '‹ To the card',
}
