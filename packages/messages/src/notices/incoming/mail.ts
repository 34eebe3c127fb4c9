import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeHtml, escapeWhole } from '../../format/html.ts'
import { button, defineNotice, type RenderedNotice, rowId } from '../notice.ts'
import { mailReasonSentence } from './workbook-reasons.ts'

const refused = z.object({
  id: rowId,
  sender: z.string().nullish(),
  subject: z.string().nullish(),
  /** In bytes. */
  size: z.int().nullish(),
  reason: z.string(),
})
type RefusedMail = z.output<typeof refused>

/** To an admin: mail that was not accepted. */
export const mailRefused = defineNotice(refused, (mail, { language }) =>
  compose(mail, {
    title: `📭 <b>${catalogue[language].mailNotices.refused}</b>`,
    rest: why(mail, language),
    shown: mail.id,
    language,
  }),
)

/** To an admin: mail that could not be downloaded several times and is tried again. */
export const mailDeferred = defineNotice(refused, (mail, { language }) => {
  const { deferred, goesOn } = catalogue[language].mailNotices
  const rest = [...why(mail, language), goesOn]
  return compose(mail, { title: `⏳ <b>${deferred}</b>`, rest, shown: mail.id, language })
})

/** To an admin: how another try at a refused message ended. */
export const mailRetried = defineNotice(
  refused.extend({ status: z.enum(['stored', 'ignored', 'refused']), files: z.int() }),
  (mail, { language }) => {
    const { taken, refusedAgain, files } = catalogue[language].mailNotices
    if (mail.status === 'stored')
      return compose(mail, { title: `✅ <b>${taken}</b>`, rest: [files(mail.files)], shown: undefined, language })
    const shown = mail.status === 'refused' ? mail.id : undefined
    return compose(mail, { title: `📭 <b>${refusedAgain}</b>`, rest: why(mail, language), shown, language })
  },
)

function why({ reason }: RefusedMail, language: Language): readonly string[] {
  const sentence = escapeWhole(mailReasonSentence(reason, language))
  return [`${catalogue[language].mailNotices.reason}: ${sentence}`]
}

interface Parts {
  readonly title: string
  readonly rest: readonly string[]
  /** The message that the buttons are about; undefined for none. */
  readonly shown: number | undefined
  readonly language: Language
}

function compose({ id, sender, subject, size }: RefusedMail, { title, rest, shown, language }: Parts): RenderedNotice {
  const { mailNotices, size: formatSize } = catalogue[language]
  const { unknownSender, sizeOf, show, tryAgain } = mailNotices
  const lines = [
    `${title} №${id}`,
    `✉️ ${sender ? escapeHtml(sender) : unknownSender}`,
    ...(subject ? [escapeWhole(subject.slice(0, 200))] : []),
    ...(size ? [sizeOf(formatSize(size))] : []),
    ...rest,
  ]
  const html = lines.join('\n')
  if (shown === undefined) return { html }
  return { html, buttons: [[button(show, 'wb-mail', shown), button(tryAgain, 'wb-mail-again', shown)]] }
}
