import { plural } from '../words.ts'
import type { columnMapping as ru } from '../../ru/admin/column-mapping.ts'

export const columnMapping: typeof ru = {
  title: 'What do the columns hold?',
  header: (row: number, text: string) => `Headings (row ${row}): ${text}`,
  hint: '✓ marks a required column that is named; check the guesses. Press the letter of a column to say what it holds.',
  guess: '(a guess)',
  noHeading: 'no heading',
  unread: 'leave out',
  column: (letters: string) => `What does column <b>${letters}</b> hold?`,
  samples: 'For instance',
  missing: (headings: string) => `Missing: ${headings}`,
  stillMissing: (headings: string) => `⏳ Still to name: ${headings}`,
  save: '💾 Save and import',
  headerUp: '⬆️ Header above',
  headerDown: '⬇️ Header below',
  back: '‹ Back',
  noHead: 'The first rows of this file are not kept. Press “Import again” and try once more.',
  likesToo: (n) =>
    `Done. ${n} more ${plural(n, { one: 'file', other: 'files' })} with these headings ${plural(n, { one: 'is', other: 'are' })} read so too`,
  pressButtons: 'Choose what the columns hold with the buttons above. To leave: /cancel',
}
