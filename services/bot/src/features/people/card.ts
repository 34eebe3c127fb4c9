import { type ListedPerson, peopleList, personCard } from '@atermtrack/data'
import { type ActionHandler, answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { edit } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { cardView, type WayBack } from './card-view.ts'
import type { PeopleOptions } from './people.ts'

/** The buttons that open the card of somebody. */
export function createCardActions(options: PeopleOptions): readonly ActionHandler[] {
  return [
    actions.viewPerson.handle((ctx, { personId, back, page }) => showCard(ctx, personId, options, { back, page })),
  ]
}

/** Puts the card of somebody in the place of the pressed message. */
export async function showCard(
  ctx: BotContext,
  personId: number,
  { policy, zone }: PeopleOptions,
  wayBack: WayBack = {},
): Promise<void> {
  const card = await personCard.load(ctx.tx, personId)
  if (!card) return answerOutdated(ctx)
  const { language, person, now } = ctx
  edit(ctx, cardView(card, { admin: person, policy, language, zone: person.zone ?? zone, now, wayBack }))
}

/** Restricts a button to somebody whom the bot still knows. */
export function ofPerson<P>(press: (ctx: BotContext, person: ListedPerson, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly personId: number }): Promise<void> => {
    const person = await peopleList.find(ctx.tx, pressed.personId)
    return person ? press(ctx, person, pressed) : answerOutdated(ctx)
  }
}
