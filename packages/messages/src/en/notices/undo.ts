import { number, plural } from '../words.ts'
import type { undo as ru } from '../../ru/notices/undo.ts'

export const undo: typeof ru = {
  undone: 'The import is undone',
  failed: 'The import is not undone yet',
  restored: (n) =>
    `${number(n)} ${plural(n, { one: 'container has its', other: 'containers have their' })} earlier data back`,
  forgotten: (n) =>
    `${number(n)} ${plural(n, { one: 'container is', other: 'containers are' })} known no more: only this file held ${plural(n, { one: 'it', other: 'them' })}`,
  nothing: 'It had no part in where containers are.',
  roster: 'The train is made up as it was before this roster.',
  noRoster: 'The train has no other list: its containers are unknown now.',
  why: 'The fault is on our side, and it is tried again. The data of the file are still in the database.',
  show: '👁 Show',
}
