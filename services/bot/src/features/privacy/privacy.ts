import { accessWaits, exportReports, personalData } from '@atermtrack/data'
import { inEachLanguage, privacyTexts as texts } from '@atermtrack/messages'
import { anybody } from '../../routing/answers.ts'
import type { BotContext } from '../../routing/context.ts'
import { commandLists } from '../../routing/publish-commands.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit } from '../../routing/view.ts'
import { enqueueReport } from '../lookup/order-workbook.ts'
import * as actions from './actions.ts'
import { eraseView, privacyView } from './views.ts'

export interface PrivacyOptions {
  /** Zone of the times shown to people who have chosen none. */
  readonly zone: string
}

const oneFileInMinutes = 10

/** Shows a person their stored data, sends all of it as a file, and erases it. A person without access may do this too. */
export function createPrivacy(options: PrivacyOptions): Feature {
  return {
    name: 'privacy',
    right: 'own_data',
    declares: Object.values(actions),
    commands: [
      {
        name: 'privacy',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => {
          const { html, keyboard } = privacyView(ctx.language)
          ctx.say(html, { keyboard })
        },
      },
    ],
    actions: [
      actions.showPrivacy.handle(async (ctx) => edit(ctx, privacyView(ctx.language))),
      actions.exportData.handle((ctx) => sendData(ctx, options)),
      actions.askToErase.handle(askErase),
      actions.eraseData.handle(erase),
    ],
  }
}

/** The file is built as every export is, and goes through the ledger. */
async function sendData(ctx: BotContext, { zone }: PrivacyOptions): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  // Each file contains all messages that wait for their deletion: repeated presses must not fill the database.
  if (await exportReports.hasPersonalData(tx, person.id, { minutes: oneFileInMinutes }))
    return ctx.toast(words.sentJustNow)
  const addressee = { personId: person.id, chatId: person.telegramId }
  const { id } = await exportReports.insertPersonalData(tx, { ...addressee, updateId, zone: person.zone ?? zone })
  enqueueReport(ctx, id)
  ctx.toast(words.preparing)
}

async function askErase(ctx: BotContext): Promise<void> {
  const { tx, person, now, language } = ctx
  const wait = accessWaits.keptOf(person, now)
  edit(ctx, eraseView({ counts: await personalData.count(tx, person.id), access: person.access, wait }, language))
}

async function erase(ctx: BotContext): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  await personalData.erase(tx, person.id, { updateId })
  hideCommands(ctx)
  // The person is unknown now, so there is no access to check.
  ctx.readBy(anybody)
  ctx.edit(words.erased)
  ctx.say(words.farewell, { keyboard: { remove_keyboard: true } })
}

/** Removes the list of commands of the chat, which Telegram keeps until then. */
function hideCommands(ctx: BotContext): void {
  const { commandsShown, telegramId } = ctx.person
  if (commandsShown === null) return
  for (const { code: language_code } of commandLists) {
    ctx.answer('deleteMyCommands', { scope: { type: 'chat', chat_id: telegramId }, language_code })
  }
}
