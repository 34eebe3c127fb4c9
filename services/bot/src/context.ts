import { type Db, dialogs, type Meeting, type OpenDialog, type Person } from '@atermtrack/data'
import type { Language } from '@atermtrack/domain'
import { Context, Telegram } from 'telegraf'
import type { Update, UserFromGetMe } from 'telegraf/types'
import type { Answers } from './answers.ts'

/** A dialog's step: `kind` names it over all features, the rest is the feature's own. */
export interface DialogState {
  readonly kind: string
  readonly [field: string]: unknown
}

export interface BotParts extends Answers {
  readonly tx: Db
  readonly updateId: number
  readonly person: Person
  readonly language: Language
  readonly isAdmin: boolean
  readonly isPrivate: boolean
  readonly now: Date
  /** The person's dialog in this chat as it was when the update came. */
  readonly dialog: OpenDialog | undefined
  /** Brings the person's dialog in this chat to a step; the next text that is no command goes there. */
  saveDialog(state: DialogState): Promise<void>
  /** False when there was none. */
  leaveDialog(): Promise<boolean>
}

/** Telegraf's context, with our ways to read and answer. Everything that it does is undone when the handler throws. */
export type BotContext = Context & BotParts

export interface ContextOptions {
  readonly tx: Db
  readonly update: Update
  readonly bot: UserFromGetMe
  readonly meeting: Meeting
  readonly isAdmin: boolean
  readonly now: Date
  readonly answers: Answers
}

const dialogMinutes = 30

// Telegraf's own HTTP client hangs for minutes and prints the token in errors; answers leave through our transport alone.
const noClient = Object.assign(new Telegram(''), {
  callApi: async () => {
    throw new Error('answers are collected with ctx.answer, they do not go through telegraf')
  },
})

/** The context of one update of a known person. */
export function createContext({ tx, update, bot, meeting, isAdmin, now, answers }: ContextOptions): BotContext {
  const { person, dialog } = meeting
  const context = new Context(update, noClient, bot)
  const chatId = context.chat?.id ?? person.telegramId
  const parts: BotParts = {
    ...answers,
    tx,
    updateId: update.update_id,
    person,
    language: person.language,
    isAdmin,
    isPrivate: context.chat?.type === 'private',
    now,
    dialog,
    saveDialog: (state) =>
      dialogs.save(tx, { chatId, personId: person.id, state, updateId: update.update_id, minutes: dialogMinutes }),
    leaveDialog: async () => dialog !== undefined && dialogs.remove(tx, chatId, person.id),
  }
  return Object.assign(context, parts)
}
