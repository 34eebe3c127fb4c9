import { broadcasts, type Db, peopleList } from '@atermtrack/data'
import { broadcastTexts, languageOf, membersTexts as texts } from '@atermtrack/messages'
import { expandBroadcast } from '@atermtrack/queue'
import { captioned } from '../../deliveries/captioned.ts'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf, StepHandler } from '../../routing/dialog-step.ts'
import type { View } from '../../routing/view.ts'
import { type Composed, toComposed } from '../broadcast/to-content.ts'
import * as actions from './actions.ts'
import { albumStep } from './steps.ts'
import { deliver, questionView } from './deliver.ts'
import { readAlbum, renderFor } from './written.ts'

type Accept = (ctx: BotContext, personId: number) => Promise<void>

/**
 * An album for one person. Its parts come one by one and are gathered in a draft, as those of a broadcast are, and the same job shows it
 * when no further part comes. `accept` takes a message in its place.
 */
export function createAlbumWriting(accept: Accept): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  return {
    actions: [
      actions.sendAlbum.handle(send),
      actions.dropAlbum.handle(async (ctx, { draftId }) => {
        if (!(await end(ctx, draftId))) return answerOutdated(ctx)
        ctx.edit(texts[ctx.language].messageDropped)
      }),
    ],
    dialogs: [albumStep.handle((ctx, album) => addPart(ctx, album, accept))],
  }
}

/** The first part of an album begins its draft. */
export async function beginAlbum(ctx: BotContext, personId: number, part: Composed): Promise<void> {
  const { tx, message, updateId } = ctx
  const { text, content, mediaGroupId } = part
  if (!message || mediaGroupId === undefined) throw new Error('not a part of an album')
  const audience = { kind: 'person', personId } as const
  const draft = { authorId: ctx.person.id, chatId: message.chat.id, text, content, mediaGroupId, audience, updateId }
  const { id: draftId } = await broadcasts.insertDraft(tx, draft)
  await ctx.saveDialog(albumStep, { personId, draftId, mediaGroupId })
  tx.enqueue(expandBroadcast, { broadcastId: draftId })
}

async function addPart(ctx: BotContext, album: StateOf<typeof albumStep>, accept: Accept): Promise<void> {
  const { draftId, mediaGroupId, personId } = album
  const composed = ctx.message && toComposed(ctx.message)
  if (composed?.mediaGroupId !== mediaGroupId) {
    await take(ctx, draftId)
    return accept(ctx, personId)
  }
  const isAdded = await broadcasts.addToAlbum(ctx.tx, { id: draftId, mediaGroupId }, composed)
  if (!isAdded) return ctx.say(broadcastTexts[ctx.language].albumIsFull)
  ctx.tx.enqueue(expandBroadcast, { broadcastId: draftId })
}

async function send(
  ctx: BotContext,
  { draftId, revision }: { readonly draftId: number; readonly revision: number },
): Promise<void> {
  const draft = await broadcasts.find(ctx.tx, draftId)
  const person = draft?.audience.kind === 'person' && (await peopleList.find(ctx.tx, draft.audience.personId))
  const written = draft?.content && readAlbum(draft.content)
  if (!person || !written || !(await end(ctx, draftId, revision))) return answerOutdated(ctx)
  await deliver(ctx, person, written)
}

/** Ends the draft and its dialog; false when another dialog is open, or the draft has changed since the revision. */
async function end(ctx: BotContext, draftId: number, revision?: number): Promise<boolean> {
  const open = ctx.dialog?.expired ? undefined : albumStep.read(ctx.dialog?.state)
  return open?.draftId === draftId && (await take(ctx, draftId, revision)) && ctx.leaveDialog()
}

async function take({ tx, person, chat }: BotContext, draftId: number, revision?: number): Promise<boolean> {
  return chat !== undefined && broadcasts.takeDraft(tx, draftId, { authorId: person.id, chatId: chat.id, revision })
}

interface Shown {
  /** The album as the person will see it; undefined where it cannot be sent. */
  readonly content: broadcasts.BroadcastContent | undefined
  readonly below: View
}

/** Composes the preview of an album for its author; undefined when the person that it goes to is gone. */
export async function showAlbum(
  db: Db,
  { id: draftId, revision, language: author, content: album, audience }: broadcasts.Broadcast,
  reading: Parameters<typeof renderFor>[3],
): Promise<Shown | undefined> {
  const person = audience.kind === 'person' && (await peopleList.find(db, audience.personId))
  if (!album || !person) return undefined
  const language = languageOf(author)
  const words = texts[language]
  const written = readAlbum(album)
  if (!written) return { content: undefined, below: { html: words.badMessage, keyboard: { inline_keyboard: [] } } }
  const caption = await renderFor(db, person.id, written.html, reading)
  const payload = captioned(album, { caption, parse_mode: 'HTML' })
  const buttons = [
    actions.sendAlbum.button(words.send, { draftId, revision }),
    actions.dropAlbum.button(words.dropMessage, { draftId }),
  ]
  return { content: { ...album, payload }, below: questionView(person, language, buttons) }
}
