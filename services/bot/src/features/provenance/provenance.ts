import { positions, provenance } from '@atermtrack/data'
import { cleanText, type ContainerNumber, parseContainerNumber } from '@atermtrack/domain'
import { inEachLanguage, provenanceTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { argumentOf, edit, say, textOf, type View } from '../../routing/view.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import * as actions from './actions.ts'
import { containerStep } from './steps.ts'
import { filesPerPage, type ProvenancePlace, provenanceView } from './views.ts'

/** Shows admins the rows of the files that speak of a container, and the rule that gave its status. */
export function createProvenance({ settings }: { readonly settings: ViewSettings }): Feature {
  return {
    name: 'provenance',
    right: 'inspect_provenance',
    declares: [...Object.values(actions), containerStep],
    commands: [
      {
        name: 'why',
        description: inEachLanguage(texts, (words) => words.command),
        handle: (ctx) => answer(ctx, argumentOf(ctx), settings),
      },
    ],
    actions: [actions.showProvenance.handle(async (ctx, place) => edit(ctx, await load(ctx, place, settings)))],
    dialogs: [containerStep.handle((ctx) => answer(ctx, cleanText(textOf(ctx)), settings))],
  }
}

async function answer(ctx: BotContext, text: string, settings: ViewSettings): Promise<void> {
  const words = texts[ctx.language]
  const container = parseContainerNumber(text)
  if (container) {
    await ctx.leaveDialog()
    return say(ctx, await load(ctx, { container, list: undefined, page: 0 }, settings))
  }
  await ctx.saveDialog(containerStep, {})
  ctx.say(text === '' ? words.ask : words.badNumber)
}

async function load(
  ctx: BotContext,
  { container, list, page: asked }: ProvenancePlace & { readonly container: ContainerNumber },
  settings: ViewSettings,
): Promise<View> {
  const { tx, scope, language, person } = ctx
  const [position] = await positions.findMany(tx, [container], scope)
  const origin = await provenance.findOrigin(tx, container)
  const read = (page: number) =>
    provenance.listMentions(tx, container, { offset: page * filesPerPage, limit: filesPerPage })
  const found = await read(asked)
  // A page that is gone since an undo: the first one is loaded instead.
  const isGone = found.mentions.length === 0 && asked > 0
  const shown = isGone ? { ...(await read(0)), page: 0 } : { ...found, page: asked }
  const reader = { language, settings, zone: person.zone ?? settings.sourceZone }
  return provenanceView({ container, list }, { ...shown, position, origin }, reader)
}
