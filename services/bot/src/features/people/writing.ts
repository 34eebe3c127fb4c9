import { type ListedPerson, peopleList } from '@atermtrack/data'
import { membersTexts as texts } from '@atermtrack/messages'
import { captioned } from '../../deliveries/captioned.ts'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StepHandler } from '../../routing/dialog-step.ts'
import { say } from '../../routing/view.ts'
import { fullName } from '../access/views.ts'
import { toComposed } from '../broadcast/to-content.ts'
import * as actions from './actions.ts'
import { ofPerson } from './card.ts'
import type { PeopleOptions } from './people.ts'
import { sendingStep, writingStep } from './steps.ts'
import { beginAlbum, createAlbumWriting } from './writing-albums.ts'
import { deliver, questionView } from './deliver.ts'
import { readMessage, renderFor, type Written } from './written.ts'

/** A message of an admin to one person, with files or without: shown as it will arrive, and sent once. */
export function createWriting({ zone }: PeopleOptions): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  const accept = (ctx: BotContext, personId: number) => acceptMessage(ctx, personId, zone)
  const albums = createAlbumWriting(accept)
  return {
    actions: [
      ...albums.actions,
      actions.writeToPerson.handle(ofPerson(ask)),
      actions.sendWritten.handle(ofPerson(send)),
      actions.dropWritten.handle(async (ctx) => {
        await ctx.leaveDialog()
        ctx.edit(texts[ctx.language].messageDropped)
      }),
    ],
    dialogs: [
      ...albums.dialogs,
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
  const { tx, language, now, message, updateId: written } = ctx
  const words = texts[language]
  const composed = message && toComposed(message)
  if (composed?.mediaGroupId !== undefined) return beginAlbum(ctx, personId, composed)
  const read = composed && readMessage(message, composed)
  if (read === undefined) return ctx.say(words.badMessage)
  const { html, file } = read
  const person = await peopleList.find(tx, personId)
  if (!person) {
    await ctx.leaveDialog()
    return ctx.say(words.messageDropped)
  }
  await ctx.saveDialog(sendingStep, { personId, html, written, ...(file && { file }) })
  showPreview(ctx, await renderFor(tx, personId, html, { scheduleZone, now }), file)
  const buttons = [
    actions.sendWritten.button(words.send, { personId, written }),
    actions.dropWritten.button(words.dropMessage),
  ]
  say(ctx, questionView(person, language, buttons))
}

/** The very call that the person gets. */
function showPreview(ctx: BotContext, html: string, file: Written['file']): void {
  if (!file || !ctx.chat) return ctx.say(html)
  ctx.answer(file.method, { chat_id: ctx.chat.id, ...captioned(file, { caption: html, parse_mode: 'HTML' }) })
}

/** The dialog ends with the press, so that a second one finds nothing to send. */
async function send(ctx: BotContext, person: ListedPerson, { written }: { readonly written: number }): Promise<void> {
  const { dialog } = ctx
  const ready = dialog?.expired ? undefined : sendingStep.read(dialog?.state)
  const isShown = ready !== undefined && ready.personId === person.id && ready.written === written
  if (!isShown || !(await ctx.leaveDialog())) return answerOutdated(ctx)
  await deliver(ctx, person, ready)
}
