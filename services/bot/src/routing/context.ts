import { type Access, actorOf, may, type Right, type Role, type Scope, type Slot } from '@atermtrack/domain'
import { type Language, languageOf } from '@atermtrack/messages'
import { dialogs, type Meeting, type OpenDialog, type Person } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import { Context, Telegram } from 'telegraf'
import type { Update, UserFromGetMe } from 'telegraf/types'
import { type Answers, topicOf } from './answers.ts'

/** A declared step of a dialog. */
export interface SavedStep<State extends object> {
  /** Names it over all features. */
  readonly step: string
  /** The state of this step; undefined for another step, or for a state that cannot be read. */
  readonly read: (stored: unknown) => State | undefined
}

export interface BotParts extends Answers {
  readonly tx: Tx
  readonly updateId: number
  readonly person: Person
  readonly language: Language
  /** The rights of the person in this chat; undefined for a person without any. */
  readonly role: Role | undefined
  /** The person and the update, for the audit. */
  readonly actor: { readonly actorId: number; readonly updateId: number }
  /** Whether the person may do something in this chat. */
  readonly may: (right: Right) => boolean
  /** Whether the person may do it in private. */
  readonly mayInPrivate: (right: Right) => boolean
  /** Whose containers may be shown in this chat. */
  readonly scope: Scope
  readonly isPrivate: boolean
  /** Whether the person may use the bot in private; members of a group may ask only there. */
  readonly isMember: boolean
  /** The destination of files that are made later: the chat of the update, and its topic. */
  readonly destination: { readonly chatId: number; readonly threadId?: number | undefined }
  readonly now: Date
  /** The times that are offered for reports, in order. */
  readonly offeredTimes: readonly Slot[]
  /** The person's dialog in this chat as it was when the update came. */
  readonly dialog: OpenDialog | undefined
  /** Moves the person's dialog in this chat to a step; the next text that is no command goes there. */
  saveDialog<State extends object>(step: SavedStep<State>, state: NoInfer<State>): Promise<void>
  /** False when there was none. */
  leaveDialog(): Promise<boolean>
  /** Call this when somebody's role or language changes: Telegram shows them other commands. */
  refreshCommands(): void
}

/** Telegraf's context, extended by reading and answering. Everything that it does is undone when the handler throws. */
export type BotContext = Context & BotParts

export interface ContextOptions {
  readonly tx: Tx
  readonly update: Update
  readonly bot: UserFromGetMe
  readonly meeting: Meeting
  readonly access: Access
  /** The rights of the person in private. */
  readonly own: Access
  readonly now: Date
  readonly offeredTimes: readonly Slot[]
  readonly answers: Answers
  readonly refreshCommands: () => void
}

const dialogMinutes = 30

// Telegraf's own HTTP client hangs for minutes and prints the token in errors; answers leave only through our transport.
const noClient = Object.assign(new Telegram(''), {
  callApi: async () => {
    throw new Error('answers are collected with ctx.answer, they do not go through telegraf')
  },
})

/** The context of one update of a known person. */
export function createContext(options: ContextOptions): BotContext {
  const { tx, update, bot, meeting, access, own, now, offeredTimes, answers, refreshCommands } = options
  const { person, dialog } = meeting
  const context = new Context(update, noClient, bot)
  const allowed = access.kind === 'allowed' ? access : undefined
  // A question from another chat is answered to the person alone.
  const isPrivate = context.chat?.type === 'private' || context.inlineQuery !== undefined
  const as = actorOf(access, isPrivate ? 'private' : 'group')
  const chatId = context.chat?.id ?? person.telegramId
  const parts: BotParts = {
    ...answers,
    tx,
    updateId: update.update_id,
    person,
    language: languageOf(person.language),
    role: allowed?.role,
    scope: allowed?.scope ?? { kind: 'nothing' },
    actor: { actorId: person.id, updateId: update.update_id },
    may: (right) => may(as, right),
    mayInPrivate: (right) => may(actorOf(own, 'private'), right),
    isPrivate,
    isMember: own.kind === 'allowed',
    destination: { chatId, threadId: context.msg && topicOf(context.msg) },
    now,
    offeredTimes,
    dialog,
    saveDialog: ({ step: kind }, fields) =>
      dialogs.save(tx, {
        chatId,
        personId: person.id,
        state: { ...fields, kind },
        updateId: update.update_id,
        minutes: dialogMinutes,
      }),
    refreshCommands: () => answers.afterCommit(async () => refreshCommands()),
    leaveDialog: async () => dialog !== undefined && dialogs.remove(tx, chatId, person.id),
  }
  return Object.assign(context, parts)
}
