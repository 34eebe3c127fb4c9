import { audit, type ListedPerson, people, peopleList } from '@atermtrack/data'
import { languageOf, membersTexts as texts, notice, renderNotice } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StepHandler } from '../../routing/dialog-step.ts'
import { textOf } from '../../routing/view.ts'
import { notify } from '../access/notify.ts'
import { fullName } from '../access/views.ts'
import { entitiesToHtml } from '../broadcast/entities-to-html.ts'
import * as actions from './actions.ts'
import { ofPerson } from './card.ts'
import type { PeopleOptions } from './people.ts'
import { sendingStep, writingStep } from './steps.ts'

/** With the heading it stays within one message. */
const longestMessage = 3000

/** A message of an admin to one person: typed, shown as it will arrive, and sent once. */
export function createWriting({ zone }: PeopleOptions): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const accept = (ctx: BotContext, personId: number) => acceptText(ctx, personId, zone)
  return {
    actions: [
      actions.writeToPerson.handle(ofPerson(ask)),
      actions.sendWritten.handle(ofPerson(send)),
      actions.dropWritten.handle(async (ctx) => {
        await ctx.leaveDialog()
        ctx.edit(texts[ctx.language].messageDropped)
      }),
    ],
    dialogs: [
      writingStep.handle((ctx, { personId }) => accept(ctx, personId)),
      // Another text replaces the one that is shown.
      sendingStep.handle((ctx, { personId }) => accept(ctx, personId)),
    ],
  }
}

async function ask(ctx: BotContext, person: ListedPerson): Promise<void> {
  const words = texts[ctx.language]
  if (person.unreachableSince !== null) return ctx.toast(words.outOfReach)
  await ctx.saveDialog(writingStep, { personId: person.id })
  ctx.say(words.askMessage(fullName(person)))
}

async function acceptText(ctx: BotContext, personId: number, scheduleZone: string): Promise<void> {
  const { tx, message, language, now, updateId: written } = ctx
  const words = texts[language]
  const text = textOf(ctx)
  if (text.trim() === '' || text.length > longestMessage) return ctx.say(words.badMessage)
  const person = await peopleList.find(tx, personId)
  if (!person) {
    await ctx.leaveDialog()
    return ctx.say(words.messageDropped)
  }
  const entities = message && 'entities' in message ? message.entities : undefined
  const html = entitiesToHtml(text, entities)
  await ctx.saveDialog(sendingStep, { personId, html, written })
  const reader = await people.get(tx, personId)
  const zone = reader.zone ?? scheduleZone
  const preview = renderNotice(notice('admin_message', { html }), { language: languageOf(reader.language), zone, now })
  if (preview.kind === 'rendered') ctx.say(preview.html)
  ctx.say(words.preview(fullName(person)), {
    keyboard: {
      inline_keyboard: [
        [actions.sendWritten.button(words.send, { personId, written }), actions.dropWritten.button(words.dropMessage)],
      ],
    },
  })
}

/** The dialog ends with the press, so that a second one finds nothing to send. */
async function send(ctx: BotContext, person: ListedPerson, { written }: { readonly written: number }): Promise<void> {
  const { tx, dialog, language } = ctx
  const ready = dialog?.expired ? undefined : sendingStep.read(dialog?.state)
  const isShown = ready !== undefined && ready.personId === person.id && ready.written === written
  if (!isShown || !(await ctx.leaveDialog())) return answerOutdated(ctx)
  const deliveryId = await notify(ctx, {
    audience: 'anybody',
    chatId: person.telegramId,
    personId: person.id,
    notice: notice('admin_message', { html: ready.html }),
  })
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'person.written_to',
    object: `person:${person.id}`,
    details: { deliveryId },
  })
  ctx.edit(texts[language].messageSent(fullName(person)))
}
