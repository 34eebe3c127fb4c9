import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { defineNotice } from '../notice.ts'

const name = z.enum(['database-nearly-full', 'disk-nearly-full'])

/** To an admin: the database or the disk of the data is nearly full. Sizes are in bytes. */
export const storageAlarm = defineNotice(
  z.object({ name, used: z.number(), limit: z.number() }),
  ({ name, used, limit }, { language }) => {
    const { storage: words, size } = catalogue[language]
    const level = words.used(size(used), size(limit), Math.round((used / limit) * 100))
    const hint = name === 'disk-nearly-full' ? words.diskHint : words.databaseHint
    return { html: [`💽 <b>${words[name]}</b>`, level, hint].join('\n') }
  },
)

/** To an admin: there is room again. */
export const storageRecovered = defineNotice(z.object({ name }), ({ name }, { language }) => ({
  html: `✅ ${catalogue[language].storage.over[name]}`,
}))
