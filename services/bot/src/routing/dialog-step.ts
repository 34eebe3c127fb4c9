import type { Right } from '@atermtrack/domain'
import { z } from 'zod'
import type { BotContext, SavedStep } from './context.ts'
import type { Handle } from './feature.ts'

/** One question of a dialog; the next message of the person answers it. */
export interface DialogStep<State extends object> extends SavedStep<State> {
  /** `onLeave` runs before the person leaves the dialog for a command, a menu item or a file, but not when they cancel it. */
  handle(
    take: (ctx: BotContext, state: State) => Promise<void>,
    onLeave?: (ctx: BotContext, state: State) => Promise<void>,
  ): StepHandler
}

/** The fields that a step stores. */
export type StateOf<Step> = Step extends DialogStep<infer State> ? State : never

/** The handler of one step, as a feature gives it to the router. */
export interface StepHandler {
  readonly step: string
  /** By default the right of the feature. */
  readonly right?: Right
  /** Undefined for a state that cannot be read. */
  readonly prepare: (state: unknown) => Handle | undefined
  readonly prepareLeaving: (state: unknown) => Handle | undefined
}

const noFields = {}

/** Declares a step. Its name and its fields are stored in dialogs that stay open while a new release starts. */
export function defineStep<Shape extends z.ZodRawShape = typeof noFields>(
  step: string,
  shape: Shape = noFields as Shape,
): DialogStep<z.infer<z.ZodObject<Shape>>> {
  type State = z.infer<z.ZodObject<Shape>>
  const schema = z.object(shape)
  const read = (stored: unknown): State | undefined => {
    const isOfThisStep = typeof stored === 'object' && stored !== null && 'kind' in stored && stored.kind === step
    return isOfThisStep ? schema.safeParse(stored).data : undefined
  }
  return {
    step,
    read,
    handle: (take, onLeave) => ({
      step,
      prepare(stored) {
        const state = read(stored)
        return state && ((ctx) => take(ctx, state))
      },
      prepareLeaving(stored) {
        const state = onLeave && read(stored)
        return state && ((ctx) => onLeave(ctx, state))
      },
    }),
  }
}
