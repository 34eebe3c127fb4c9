import type { Right } from '@atermtrack/domain'
import { commonTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { callbackData } from './callback-data.ts'
import type { BotContext } from './context.ts'
import { bad, type Parameter } from './parameters.ts'

type Parameters = Readonly<Record<string, Parameter<unknown, never>>>
type OutOf<P> = P extends Parameter<infer Out, never> ? Out : never
type InOf<P> = P extends Parameter<unknown, infer In> ? In : never
type OptionalKeys<P> = { [K in keyof P]: undefined extends InOf<P[K]> ? K : never }[keyof P]

/** The parsed parameters that the handler of an action gets. */
export type Pressed<P> = { readonly [K in keyof P]: OutOf<P[K]> }
/** The parameters from which a button of an action is made. */
type Given<P> = { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: InOf<P[K]> } & {
  readonly [K in OptionalKeys<P>]?: InOf<P[K]>
}
type GivenArguments<P> = [Exclude<keyof P, OptionalKeys<P>>] extends [never] ? [given?: Given<P>] : [given: Given<P>]

const noParameters = {}
/** The parameters of an action whose buttons carry only its name. */
export type NoParameters = typeof noParameters

/** One kind of button: its data, and the way from a press to the handler. */
export interface Action<P> {
  readonly action: string
  readonly parameters: P
  /** The data of a button. Throws a RangeError when Telegram does not accept it. */
  readonly data: (...given: GivenArguments<P>) => string
  button(text: string, ...given: GivenArguments<P>): InlineKeyboardButton.CallbackButton
  /** Undefined for data that no button of ours carries. */
  parse(parts: readonly string[]): Pressed<P> | undefined
  /** Handles a press with parsed parameters; a press with bad data is answered as one of an outdated button. */
  handle(press: (ctx: BotContext, pressed: Pressed<P>) => Promise<void>): ActionHandler
}

/** An action whose parameters are not known to the reader. */
export interface AnyAction {
  readonly action: string
  readonly parameters: Parameters
  readonly data: (given: never) => string
  parse(parts: readonly string[]): object | undefined
}

/** The handler of one action, as a feature gives it to the router. */
export interface ActionHandler {
  readonly action: string
  /** By default the right of the feature. */
  readonly right?: Right
  /** A press turns to something else, as a command does: it ends an open dialog, and what was begun there is kept. */
  readonly leavesDialog?: true
  readonly press: (ctx: BotContext, parts: readonly string[]) => Promise<void>
}

/**
 * Declares an action. Buttons in chats carry the name and the parameters in their order: both never change, and a new parameter
 * is optional and comes last.
 */
export function defineAction<const P extends Parameters = NoParameters>(
  action: string,
  parameters: P = noParameters as P,
): Action<P> {
  const codecs = Object.entries(parameters) as [string, Parameter<unknown>][]
  const data = (given: Readonly<Record<string, unknown>> = {}) =>
    callbackData(action, withoutEnd(codecs.map(([key, { write }]) => write(given[key]))))
  const parse = (parts: readonly string[]) => {
    const values = codecs.map(([key, { read }], place) => [key, read(parts[place])] as const)
    return values.some(([, value]) => value === bad) ? undefined : (Object.fromEntries(values) as Pressed<P>)
  }
  return {
    action,
    parameters,
    data,
    button: (text, given?: Readonly<Record<string, unknown>>) => ({ text, callback_data: data(given) }),
    parse,
    handle: (press) => ({
      action,
      async press(ctx, parts) {
        const pressed = parse(parts)
        return pressed ? press(ctx, pressed) : answerOutdated(ctx)
      },
    }),
  }
}

/** Answers the press of a button that does nothing any more. */
export function answerOutdated(ctx: Pick<BotContext, 'toast' | 'language'>): void {
  ctx.toast(texts[ctx.language].staleButton)
}

function withoutEnd(parts: readonly (string | undefined)[]): readonly string[] {
  const written = parts.slice(0, parts.findLastIndex((part) => part !== undefined) + 1)
  return written.map((part) => {
    if (part === undefined) throw new RangeError('only the last parts of a button can be left out')
    return part
  })
}
