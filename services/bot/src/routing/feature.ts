import type { Right } from '@atermtrack/domain'
import type { Language } from '@atermtrack/messages'
import type { ActionHandler, AnyAction } from './action.ts'
import type { BotContext } from './context.ts'
import type { StepHandler } from './dialog-step.ts'
import type { MenuItem } from './menu.ts'

export type Handle = (ctx: BotContext) => Promise<void>

export interface Command {
  readonly name: string
  /** Shown in Telegram's list of commands; a command without a description works but is not listed. */
  readonly description?: Readonly<Record<Language, string>>
  /** By default the right of the feature. */
  readonly right?: Right
  /** Words for the command in a private chat, in lower case. In a dialog only those of a command that cancels it count. */
  readonly words?: readonly string[]
  /** It throws away what the person has begun. */
  readonly cancels?: true
  /** `leftDialog` says whether the command has ended a dialog. */
  readonly handle: (ctx: BotContext, leftDialog: boolean) => Promise<void>
}

/** An action or a step of a dialog. */
export type Declared = AnyAction | { readonly step: string }

/** The contribution of a feature to the router. Access and rights are checked before any of it runs. */
export interface Feature {
  /** Names the feature in errors. */
  readonly name: string
  /** Needed for all that the feature handles and that names no right of its own. Checked before a handler runs. */
  readonly right: Right
  readonly commands?: readonly Command[]
  readonly menu?: Readonly<Partial<Record<MenuItem, Handle>>>
  /** The actions and dialog steps of the feature. The bot starts only when exactly one feature handles each of them. */
  readonly declares?: readonly Declared[]
  /** The data of a press come from outside: a handler checks that the rows are the person's own. */
  readonly actions?: readonly ActionHandler[]
  /** A step gets the next message of the person that is neither a command nor a menu label. */
  readonly dialogs?: readonly StepHandler[]
  /** Accepts a file sent in a private chat while no dialog is open; false leaves the message to the question. */
  readonly document?: { readonly right?: Right; readonly accept: (ctx: BotContext) => Promise<boolean> }
}

/** Handlers that need another right than their feature. */
export function withRight<T extends { readonly right?: Right }>(right: Right, handlers: readonly T[]): readonly T[] {
  return handlers.map((handler) => ({ ...handler, right }))
}
