import type { Language } from '@atermtrack/messages'
import type { BotContext } from './context.ts'
import type { MenuItem } from './menu.ts'

export type Handle = (ctx: BotContext) => Promise<void>

export interface Command {
  readonly name: string
  /** Shown in Telegram's list of commands; without it the command works and is not listed. */
  readonly description?: Readonly<Record<Language, string>>
  readonly adminsOnly?: true
  /** `leftDialog` tells whether the command has ended a dialog. */
  readonly handle: (ctx: BotContext, leftDialog: boolean) => Promise<void>
}

/** What a feature brings to the router. Access is checked before any of it runs. */
export interface Feature {
  readonly commands?: readonly Command[]
  readonly menu?: Readonly<Partial<Record<MenuItem, Handle>>>
  /** By action of the callback data. The ids come from outside: check that they are the person's own. */
  readonly callbacks?: Readonly<Record<string, (ctx: BotContext, ids: readonly string[]) => Promise<void>>>
  /** By `kind` of the saved state: takes the next message of the person that is neither command nor menu label. */
  readonly dialogs?: Readonly<Record<string, (ctx: BotContext, state: unknown) => Promise<void>>>
  /** Takes a file sent in a private chat while no dialog is open; false leaves the message to the question. */
  readonly document?: (ctx: BotContext) => Promise<boolean>
  /** The feature shows or asks what is not for a group's eyes. */
  readonly privateOnly?: true
}
