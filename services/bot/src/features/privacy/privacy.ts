import { accessWaits, deliveries, personalData, reports } from '@atermtrack/data'
import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { inEachLanguage, privacyTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import { anybody } from '../../routing/answers.ts'
import type { BotContext } from '../../routing/context.ts'
import { commandLists } from '../../routing/publish-commands.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit } from '../../routing/view.ts'
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

/** The file goes through the ledger: it is sent once, and again after a failure. */
async function sendData(ctx: BotContext, { zone }: PrivacyOptions): Promise<void> {
  const { tx, person, updateId, now, language } = ctx
  const words = texts[language]
  // Each file contains all messages that wait for their deletion: repeated presses must not fill the database.
  if (await reports.hasPersonalData(tx, person.id, { minutes: oneFileInMinutes })) return ctx.toast(words.sentJustNow)
  const ownZone = person.zone ?? zone
  const wall = toWall(now, ownZone)
  const content = Buffer.from(JSON.stringify(await personalData.collect(tx, person.id), undefined, 2))
  const addressee = { personId: person.id, chatId: person.telegramId }
  const file = { fileName: words.fileName(wall.slice(0, 10)), content, updateId }
  const { id: reportId } = await reports.insertPersonalData(tx, { ...addressee, ...file })
  const text = words.caption(`${formatWall(wall)} (${zoneLabel(ownZone, now)})`)
  const rows = await deliveries.insertForReport(tx, {
    ...addressee,
    reportId,
    kind: 'answer',
    audience: 'anybody',
    text,
  })
  for (const { id } of rows) {
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
  }
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
