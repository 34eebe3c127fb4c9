import type { failures as ru } from '../../ru/operations/failures.ts'

export const failures: typeof ru = {
  command: 'Failures: what is behind the code of an answer',
  title: '🧯 <b>The last failures</b>',
  none: 'There were none, or their records are deleted by now.',
  hint: 'By the code that a person reports: <code>/ref a1b2c3</code>',
  notFound: 'There is no such code: check it, or its record is deleted by now.',
  titleOf: (reference) => `🧯 <b>Failure <code>${reference}</code></b>`,
  when: (time) => `When: ${time}`,
  who: (person) => `Who: ${person}`,
  what: (what) => `What: ${what}`,
  ownText: (text) => `You wrote: ${text}`,
  update: (id, outcome) => (outcome === undefined ? `Update ${id}` : `Update ${id}, outcome: ${outcome}`),
  nobody: 'no longer known',
  inPrivate: 'private chat',
  inGroup: 'group',
  kinds: { command: 'command', button: 'button', text: 'message', file: 'file', other: 'something else' },
  back: '‹ All failures',
}
