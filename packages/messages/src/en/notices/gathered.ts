import { plural } from '../words.ts'
import type { gathered as ru } from '../../ru/notices/gathered.ts'

export const gathered: typeof ru = {
  strangers: (n) => `🛑 <b>${n} more ${plural(n, { one: 'file', other: 'files' })} of unknown senders</b>`,
  files: (n) => `🛑 <b>${n} more ${plural(n, { one: 'file is', other: 'files are' })} not in the data</b>`,
  mail: (n) => `📭 <b>${n} more ${plural(n, { one: 'message was', other: 'messages were' })} not taken</b>`,
  newest: 'The newest',
  open: '📚 Open the list',
  openMail: '✉️ Open the messages',
}
