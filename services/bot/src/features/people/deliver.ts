import { audit, type ListedPerson } from '@atermtrack/data'
import { type Language, membersTexts as texts, notice } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { BotContext } from '../../routing/context.ts'
import type { View } from '../../routing/view.ts'
import { notify } from '../access/notify.ts'
import { fullName } from '../access/views.ts'
import type { Written } from './written.ts'

/** The question below the preview of a message for one person. */
export function questionView(person: ListedPerson, language: Language, buttons: InlineKeyboardButton[]): View {
  return { html: texts[language].preview(fullName(person)), keyboard: { inline_keyboard: [buttons] } }
}

/** Sends what the pressed message has shown, to people without access too. */
export async function deliver(ctx: BotContext, person: ListedPerson, { html, file }: Written): Promise<void> {
  const deliveryId = await notify(ctx, {
    audience: 'anybody',
    chatId: person.telegramId,
    personId: person.id,
    notice: notice('admin_message', { html }),
    attachment: file,
  })
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action: 'person.written_to',
    object: `person:${person.id}`,
    details: { deliveryId, ...(file && { method: file.method }) },
  })
  ctx.edit(texts[ctx.language].messageSent(fullName(person)))
}
