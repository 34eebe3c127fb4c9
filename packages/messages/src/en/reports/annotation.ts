import { plural } from '../words.ts'
import type { annotation as ru } from '../../ru/reports/annotation.ts'

export const annotation: typeof ru = {
  columns: {
    lateness: 'Against the due date',
    terminal: 'Terminal',
  },
  /** The headings of releases before, by which their columns are known where nothing else tells. */
  formerColumns: {
    state: 'Status',
    station: 'Station',
    operatedAt: (zone) => `Operation time (${zone})`,
    arrival: 'Arrival forecast',
    arrivedAt: (zone) => `Arrived (${zone})`,
    asOf: (zone) => `Data as of (${zone})`,
  },
  onSite: 'at the terminal',
  left: 'left the terminal',
  leftAt: (terminal, day) => `${terminal}, left ${day}`,
  since: (terminal, day) => `${terminal}, since ${day}`,
  onList: (train) => `on the list of train ${train}`,
  unknown: 'not found',
  wrongDigit: 'not found: the check digit is wrong',
  mistyped: 'mistyped number',
  perhaps: (what, numbers) => `${what}; perhaps ${numbers}`,
  suffix: 'statuses',
  found: (found, asked) => `Found ${found} of ${asked} ${plural(asked, { one: 'container', other: 'containers' })}`,
  noneFound: 'Our reports hold none of the containers in this file',
  unknownNumbers: (n, numbers) => `🟨 Not found (${n}): ${numbers}`,
  mistypedNumbers: (n, numbers) => `🟥 Mistyped (${n}): ${numbers}`,
  more: (n) => ` and ${n} more`,
  sheets: (names) => `Sheets: ${names}`,
  headings: (names) => `There are no headings above the numbers. Columns added: ${names}`,
  files: (names) => `Files: ${names}`,
  skipped: (files) => `Not completed: ${files}`,
  skippedFile: (name, why) => `${name} — ${why}`,
  notKept:
    '⚠️ This file had to be written again from scratch: the values are the same, but formatting, formulas, macros, charts and pivot tables could not be kept. To keep them, save it in Excel as .xlsx or .xlsm and send it again.',
  notKeptOf: (names) =>
    `⚠️ Written again from scratch, with nothing but their values: ${names}. To keep everything, save them in Excel as .xlsx or .xlsm.`,
  wasText: 'A CSV has no formatting, so it comes back as an Excel file.',
  nested: 'an archive within the archive: send it by itself',
  noColumn: 'it has no column of container numbers',
  noFiles: (name) => `The archive “${name}” has no table of container numbers.`,
  refused: (name, reason) => `The file “${name}” could not be completed: ${reason}.`,
  noNumbers: (name) =>
    `The file “${name}” has no column of container numbers. I looked in the first rows for a heading such as “Container”, and without one for a column where most cells look like MSKU6011672.`,
  failed: (name) => `The file “${name}” could not be completed. We know about it already. Please send it again later.`,
}
