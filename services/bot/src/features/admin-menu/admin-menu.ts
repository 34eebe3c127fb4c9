import { may } from '@atermtrack/domain'
import { adminMenuTexts as texts, inEachLanguage, type Language } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { Command, Feature } from '../../routing/feature.ts'
import { commandsOf } from '../../routing/publish-commands.ts'
import { say, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'

/**
 * One message with a button for each command of the given features that admins have and others have not: a new one appears here by
 * itself.
 */
export function createAdminMenu(features: readonly Feature[]): Feature {
  const sections = commandsOf(features).filter(
    ({ description, right }) => description && may('admin', right) && !may('viewer', right),
  )
  const show: Command['handle'] = async (ctx) => say(ctx, menuView(sections, ctx.language))
  return {
    name: 'admin menu',
    right: 'manage_people',
    declares: Object.values(actions),
    commands: [{ name: 'admin', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    menu: { admin: (ctx) => show(ctx, false) },
    actions: [
      {
        ...actions.openSection.handle(async (ctx, { command }) => {
          const section = sections.find(({ name }) => name === command)
          if (!section || !ctx.may(section.right)) return answerOutdated(ctx)
          await section.handle(ctx, ctx.dialog !== undefined)
        }),
        leavesDialog: true,
      },
    ],
  }
}

function menuView(sections: readonly Command[], language: Language): View {
  return {
    html: texts[language].title,
    keyboard: {
      inline_keyboard: sections.map(({ name, description }) => [
        actions.openSection.button(description?.[language] ?? name, { command: name }),
      ]),
    },
  }
}
