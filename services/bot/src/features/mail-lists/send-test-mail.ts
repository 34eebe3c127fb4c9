import { audit, deliveries, type MailList, mailLists } from '@atermtrack/data'
import { defaultLanguage, mailListsTexts as texts } from '@atermtrack/messages'
import { enqueueDeliveries } from '@atermtrack/outbox'
import type { BotContext } from '../../routing/context.ts'
import { kindNames } from './views.ts'

/** Sends a mail to each address of a list that says what will come there; once in ten minutes, since nobody there has asked for it. */
export async function sendTestMail(ctx: BotContext, listId: number): Promise<void> {
  const { tx, person, language } = ctx
  const list = await mailLists.claimTest(tx, listId)
  if (!list) return ctx.toast(texts[language].testedJustNow)
  const { subject, text } = composeTestMail(list)
  for (const address of list.addresses) {
    const { id } = await deliveries.insertEmail(tx, { kind: 'alert', audience: 'anybody', address, subject, text })
    enqueueDeliveries(tx, [{ id, channel: 'email', kind: 'alert' }])
  }
  await audit.insert(tx, { actorId: person.id, action: 'mail_list.tested', object: `mail_list:${listId}` })
  ctx.toast(texts[language].tested(list.addresses.length))
}

/** In the language of the mails about events, which have no reader whose language is known. */
function composeTestMail(list: MailList): { readonly subject: string; readonly text: string } {
  const words = texts[defaultLanguage]
  const parts = (values: readonly string[]) => (values.length === 0 ? words.all : values.join(', '))
  return {
    subject: words.testSubject(list.name),
    text: [
      words.testText(list.name),
      '',
      `${words.fields.kinds}: ${kindNames(list, defaultLanguage)}`,
      `${words.fields.clients}: ${parts(list.clients)}`,
      `${words.fields.trains}: ${parts(list.trains)}`,
    ].join('\n'),
  }
}
