import { type Person, type PersonSettings, people, personSettings } from '@atermtrack/data'
import { findZone, parseQuietHours } from '@atermtrack/domain'
import { inEachLanguage, type Language, languageOf, settingsTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { answerOutdated } from '../../routing/action.ts'
import type { Feature } from '../../routing/feature.ts'
import { menuKeyboard } from '../../routing/menu.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import { followZone } from '../subscriptions/follow-zone.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { quietStep, zoneStep } from './steps.ts'
import { cardPartsView, languageView, type Moment, quietView, settingsView, zoneView } from './views.ts'

export interface SettingsOptions {
  /** Zone of quiet hours for persons who have chosen none. */
  readonly zone: string
}

/** The settings of a person: language, zone, quiet hours and the parts of a card. */
export function createSettings({ zone: scheduleZone }: SettingsOptions): Feature {
  const momentOf = ({ now }: BotContext): Moment => ({ now, scheduleZone })
  const show = async (ctx: BotContext) => say(ctx, settingsView(ctx.person, momentOf(ctx)))
  const editTo = (view: (ctx: BotContext) => View) => async (ctx: BotContext) => edit(ctx, view(ctx))
  return {
    name: 'settings',
    right: 'keep_own',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [{ name: 'settings', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    menu: { settings: show },
    actions: [
      actions.showSettings.handle(editTo((ctx) => settingsView(ctx.person, momentOf(ctx)))),
      actions.offerLanguages.handle(editTo(({ person }) => languageView(person))),
      actions.chooseLanguage.handle((ctx, { language }) =>
        chooseLanguage(ctx, language === 'auto' ? null : language, momentOf(ctx)),
      ),
      actions.offerZones.handle(async (ctx, { page }) => edit(ctx, zoneView(ctx.person, page, momentOf(ctx)))),
      actions.chooseZone.handle(async (ctx, { zone }) =>
        edit(
          ctx,
          settingsView(await change(ctx, { zone: zone === 'auto' ? null : zone }, momentOf(ctx)), momentOf(ctx)),
        ),
      ),
      actions.typeZone.handle((ctx) => openStep(ctx, zoneStep, texts[ctx.language].askZoneName)),
      actions.offerQuietHours.handle(editTo((ctx) => quietView(ctx.person, momentOf(ctx)))),
      actions.chooseQuietHours.handle(async (ctx, { from, until }) => {
        const hours = from === 'off' ? noQuietHours : quietSettings(`${from}-${until}`)
        if (!hours) return answerOutdated(ctx)
        edit(ctx, settingsView(await change(ctx, hours, momentOf(ctx)), momentOf(ctx)))
      }),
      actions.typeQuietHours.handle((ctx) => openStep(ctx, quietStep, texts[ctx.language].askQuietHours)),
      actions.offerCardParts.handle(editTo(({ person }) => cardPartsView(person))),
      actions.toggleCardPart.handle(async (ctx, { part }) =>
        edit(
          ctx,
          cardPartsView(
            await change(ctx, { hiddenCardParts: toggled(ctx.person.hiddenCardParts, part) }, momentOf(ctx)),
          ),
        ),
      ),
    ],
    dialogs: [
      zoneStep.handle((ctx) => acceptAnswer(ctx, momentOf(ctx), zoneSettings(ctx), texts[ctx.language].unknownZone)),
      quietStep.handle((ctx) =>
        acceptAnswer(ctx, momentOf(ctx), quietSettings(textOf(ctx)), texts[ctx.language].badQuietHours),
      ),
    ],
  }
}

const noQuietHours = { quietFrom: null, quietUntil: null } as const

/** Telegram changes the reply keyboard only with a new message. */
async function chooseLanguage(ctx: BotContext, chosenLanguage: Language | null, moment: Moment): Promise<void> {
  const person = await change(ctx, { chosenLanguage }, moment)
  ctx.refreshCommands()
  edit(ctx, settingsView(person, moment))
  const language = languageOf(person.language)
  if (language === ctx.language) return
  ctx.say(texts[language].menuSwitched, { keyboard: menuKeyboard(language, { isAdmin: ctx.may('manage_people') }) })
}

async function change(ctx: BotContext, settings: Partial<PersonSettings>, { scheduleZone }: Moment): Promise<Person> {
  if (settings.zone !== undefined) {
    await followZone(ctx, { from: ctx.person.zone ?? scheduleZone, to: settings.zone ?? scheduleZone })
  }
  await personSettings.change(ctx.tx, ctx.person.id, settings)
  const person = await people.get(ctx.tx, ctx.person.id)
  ctx.toast(texts[languageOf(person.language)].saved)
  return person
}

async function openStep(ctx: BotContext, step: typeof zoneStep, question: string): Promise<void> {
  await ctx.saveDialog(step, {})
  ctx.say(question)
}

async function acceptAnswer(
  ctx: BotContext,
  moment: Moment,
  settings: Partial<PersonSettings> | undefined,
  refusal: string,
): Promise<void> {
  if (!settings) return ctx.say(refusal)
  await ctx.leaveDialog()
  say(ctx, settingsView(await change(ctx, settings, moment), moment))
}

function zoneSettings(ctx: BotContext): Partial<PersonSettings> | undefined {
  const zone = findZone(textOf(ctx), ctx.now)
  return zone === undefined ? undefined : { zone }
}

function quietSettings(text: string): Partial<PersonSettings> | undefined {
  const hours = parseQuietHours(text)
  return hours && { quietFrom: hours.from, quietUntil: hours.until }
}

function toggled(hidden: readonly string[], part: string): readonly string[] {
  return hidden.includes(part) ? hidden.filter((other) => other !== part) : [...hidden, part]
}
