import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { button, defineNotice, rowId } from '../notice.ts'
import { namedPerson, personLine } from './access.ts'

/** To the admins: the bot was invited into a group. */
export const groupRequested = defineNotice(
  z.object({ id: rowId, title: z.string(), /** The person who invited the bot. */ person: namedPerson.optional() }),
  ({ id, title, person }, { language }) => {
    const words = catalogue[language].groups
    const lines = [words.request(title), ...(person ? [words.addedBy(personLine(person))] : [])]
    return {
      html: lines.join('\n'),
      buttons: [[button(`✅ ${words.allow}`, 'grp-allow', id, 0), button(`⛔ ${words.deny}`, 'grp-deny', id)]],
    }
  },
)

/** To the admins, when several groups wait for a decision. */
export const groupsWait = defineNotice(z.object({ count: z.int() }), ({ count }, { language }) => ({
  html: catalogue[language].groups.gathered(count),
}))

/** To a group that an admin has let in. */
export const groupOpened = defineNotice(z.object({ username: z.string() }), ({ username }, { language }) => ({
  html: catalogue[language].groups.opened(username),
}))
