import { audit, type ListedPerson, people, peopleList } from '@atermtrack/data'
import { languageOf, membersTexts as texts, notice, renderNotice } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StepHandler } from '../../routing/dialog-step.ts'
import { notify } from '../access/notify.ts'
import { fullName } from '../access/views.ts'
import { type Composed, toComposed } from '../broadcast/to-content.ts'
import * as actions from './actions.ts'
import { ofPerson } from './card.ts'
import type { PeopleOptions } from './people.ts'
import { sendingStep, writingStep } from './steps.ts'

/** With the heading they stay within one message, and within one caption. */
const longestMessage = 3000
const longestCaption = 900
/** Files below which a text can stand: it says from whom they come. */
const withCaption: ReadonlySet<string> = new Set([
  'sendPhoto',
  'sendDocument',
  'sendVideo',
  'sendAudio',
  'sendAnimation',
  'sendVoice',
])

/** A message of an admin to one person, with a file or without: shown as it will arrive, and sent once. */
export function createWriting({ zone }: PeopleOptions): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const accept = (ctx: BotContext, personId: number) => acceptMessage(ctx, personId, zone)
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

async function acceptMessage(ctx: BotContext, personId: number, scheduleZone: string): Promise<void> {
  const { tx, language, now, updateId: written } = ctx
  const words = texts[language]
  const read = readMessage(ctx)
  if (read === undefined) return ctx.say(words.badMessage)
  const { html, file } = read
  const person = await peopleList.find(tx, personId)
  if (!person) {
    await ctx.leaveDialog()
    return ctx.say(words.messageDropped)
  }
  await ctx.saveDialog(sendingStep, { personId, html, written, ...(file && { file }) })
  const reader = await people.get(tx, personId)
  const zone = reader.zone ?? scheduleZone
  const preview = renderNotice(notice('admin_message', { html }), { language: languageOf(reader.language), zone, now })
  if (preview.kind === 'rendered') showPreview(ctx, preview.html, file)
  ctx.say(words.preview(fullName(person)), {
    keyboard: {
      inline_keyboard: [
        [actions.sendWritten.button(words.send, { personId, written }), actions.dropWritten.button(words.dropMessage)],
      ],
    },
  })
}

interface Written {
  /** Telegram HTML; may be empty above a file. */
  readonly html: string
  readonly file: Composed['content'] | undefined
}

/**
 * A text, or a file with a caption or without one, which is sent by its id: what becomes of the message of the admin does not
 * matter. Undefined for anything else, a part of an album among it.
 */
function readMessage({ message }: BotContext): Written | undefined {
  const composed = message && toComposed(message)
  if (!message || !composed || composed.mediaGroupId !== undefined) return undefined
  const { text: html, content } = composed
  if ('text' in message) {
    return message.text.trim() === '' || message.text.length > longestMessage ? undefined : { html, file: undefined }
  }
  const { caption, caption_entities: _entities, ...payload } = content.payload
  const isShort = caption === undefined || (typeof caption === 'string' && caption.length <= longestCaption)
  return withCaption.has(content.method) && isShort ? { html, file: { method: content.method, payload } } : undefined
}

/** The very call that the person gets. */
function showPreview(ctx: BotContext, html: string, file: Written['file']): void {
  if (!file || !ctx.chat) return ctx.say(html)
  ctx.answer(file.method, { chat_id: ctx.chat.id, ...file.payload, caption: html, parse_mode: 'HTML' })
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
    attachment: ready.file,
  })
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'person.written_to',
    object: `person:${person.id}`,
    details: { deliveryId, ...(ready.file && { method: ready.file.method }) },
  })
  ctx.edit(texts[language].messageSent(fullName(person)))
}
