import type { AccessPolicy } from '@atermtrack/domain'
import { inEachLanguage, membersTexts as texts } from '@atermtrack/messages'
import { type Feature } from '../../routing/feature.ts'
import { say, textOf } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { createCardActions } from './card.ts'
import { createLists } from './lists.ts'
import { createRightsActions } from './rights.ts'
import * as steps from './steps.ts'
import { createWriting } from './writing.ts'

export interface PeopleOptions {
  readonly policy: AccessPolicy
  /** Of the times shown to admins without a zone of their own. */
  readonly zone: string
}

/**
 * Admins find everybody who has written to the bot, see how they use it, change their rights and write to them. A change of rights
 * applies from the next question on.
 */
export function createPeople(options: PeopleOptions): Feature {
  const lists = createLists(options)
  const writing = createWriting(options)
  return {
    name: 'people',
    right: 'manage_people',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'people',
        description: inEachLanguage(texts, (words) => words.command),
        async handle(ctx) {
          // `/people Anna` searches at once.
          const text = textOf(ctx).split(/\s+/).slice(1).join(' ')
          if (text === '') say(ctx, await lists.browse(ctx, 'all', 0))
          else await lists.search(ctx, text)
        },
      },
    ],
    actions: [...lists.actions, ...createCardActions(options), ...createRightsActions(options), ...writing.actions],
    dialogs: [...lists.dialogs, ...writing.dialogs],
  }
}
