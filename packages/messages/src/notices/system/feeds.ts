import { z } from 'zod'
import { catalogue } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { formatDateStamp, formatStamp } from '../../format/moments.ts'
import { defineNotice, instant, readerOfData } from '../notice.ts'

const mailboxTrouble = z.object({
  failingSince: instant,
  /** The answer of the mail server or the proxy. */
  error: z.string().optional(),
  /** The proxy in front of the mail server refuses our login. */
  isProxyRefusal: z.boolean().optional(),
})

/** To an admin: a feed is silent or the mailbox cannot be read. `zone` is that of the times where the reader has chosen none. */
export const feedAlarm = defineNotice(
  z.object({
    zone: z.string(),
    alarm: z.discriminatedUnion('name', [
      z.object({
        name: z.literal('dislocation-silent'),
        lastArrivedAt: instant.optional(),
        quietMinutes: z.number(),
      }),
      mailboxTrouble.extend({ name: z.literal('mailbox-out-of-reach') }),
      mailboxTrouble.extend({ name: z.literal('mail-login-refused') }),
    ]),
  }),
  ({ alarm, zone }, reader) => {
    const { language } = reader
    const ofData = readerOfData(reader, zone)
    const { feeds: words, duration } = catalogue[language]
    if (alarm.name === 'dislocation-silent') {
      const { quietMinutes, lastArrivedAt } = alarm
      return lines(
        `🔕 <b>${words.silent}</b>`,
        words.quiet(duration(quietMinutes)),
        lastArrivedAt ? words.last(formatStamp(lastArrivedAt, ofData)) : words.never,
        words.whatToDo,
      )
    }
    const since = formatDateStamp(alarm.failingSince, ofData)
    const answer = alarm.error === undefined ? undefined : `${words.answer}: <code>${escapeWhole(alarm.error)}</code>`
    if (alarm.name === 'mailbox-out-of-reach') {
      const advice = alarm.isProxyRefusal ? words.proxy : undefined
      return lines(`📭 <b>${words.outOfReach}</b>`, words.trying(since), advice, answer)
    }
    return lines(`🔑 <b>${words.loginRefused}</b>`, words.revoked(since), words.renew, answer)
  },
)

/** To an admin: the trouble of a feed is over. */
export const feedRecovered = defineNotice(
  z.object({
    zone: z.string(),
    recovery: z.discriminatedUnion('name', [
      z.object({ name: z.literal('dislocation-silent'), lastArrivedAt: instant }),
      z.object({ name: z.literal('mailbox-out-of-reach') }),
      z.object({ name: z.literal('mail-login-refused') }),
    ]),
  }),
  ({ recovery, zone }, reader) => {
    const words = catalogue[reader.language].feeds
    if (recovery.name === 'dislocation-silent')
      return { html: `✅ ${words.feedIsBack(formatStamp(recovery.lastArrivedAt, readerOfData(reader, zone)))}` }
    return { html: `✅ ${recovery.name === 'mailbox-out-of-reach' ? words.mailIsBack : words.loginIsBack}` }
  },
)

function lines(...parts: readonly (string | undefined)[]): { readonly html: string } {
  return { html: parts.filter((text) => text !== undefined).join('\n') }
}
