import { type Person, type PersonSettings, people, personSettings } from '@atermtrack/data'
import { findZone, parseQuietHours } from '@atermtrack/domain'
import {
  commonTexts,
  inEachLanguage,
  type Language,
  languageOf,
  languages,
  settingsTexts as texts,
} from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { menuKeyboard } from '../../routing/menu.ts'
import { parsePage } from '../../text/pages.ts'
import { cardParts } from '../lookup/card/card-parts.ts'
import {
  cardPartsView,
  clock,
  languageView,
  type Moment,
  quietView,
  settingsView,
  type View,
  zoneOfId,
  zoneView,
} from './views.ts'

export interface SettingsOptions {
  /** Zone of quiet hours for whoever has chosen none. */
  readonly zone: string
}

/** What each person sets for themselves: language, zone, quiet hours and what a card shows. */
export function createSettings({ zone: scheduleZone }: SettingsOptions): Feature {
  const momentOf = ({ now }: BotContext): Moment => ({ now, scheduleZone })
  const show = async (ctx: BotContext) => say(ctx, settingsView(ctx.person, momentOf(ctx)))
  const editTo =
    (view: (ctx: BotContext, ids: readonly string[]) => View) => async (ctx: BotContext, ids: readonly string[]) =>
      edit(ctx, view(ctx, ids))
  return {
    privateOnly: true,
    commands: [{ name: 'settings', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    menu: { settings: show },
    callbacks: {
      'set-show': editTo((ctx) => settingsView(ctx.person, momentOf(ctx))),
      'set-lang': editTo(({ person }) => languageView(person)),
      'set-lang-to': async (ctx, [choice]) => {
        const language = languages.find((known) => known === choice)
        if (language === undefined && choice !== 'auto') return toastStale(ctx)
        await chooseLanguage(ctx, language ?? null, momentOf(ctx))
      },
      'set-zones': editTo((ctx, [page]) =>
        zoneView(ctx.person, page === undefined ? undefined : parsePage(page), momentOf(ctx)),
      ),
      'set-zone': async (ctx, [id]) => {
        const zone = id === 'auto' ? null : zoneOfId(id)
        if (zone === undefined) return toastStale(ctx)
        edit(ctx, settingsView(await change(ctx, { zone }), momentOf(ctx)))
      },
      'set-zone-type': (ctx) => openStep(ctx, 'set-zone', texts[ctx.language].askZoneName),
      'set-quiet': editTo((ctx) => quietView(ctx.person, momentOf(ctx))),
      'set-quiet-to': async (ctx, [from = '', until = '']) => {
        const hours = from === 'off' ? noQuietHours : quietSettings(`${clock(from)}-${clock(until)}`)
        if (!hours) return toastStale(ctx)
        edit(ctx, settingsView(await change(ctx, hours), momentOf(ctx)))
      },
      'set-quiet-type': (ctx) => openStep(ctx, 'set-quiet', texts[ctx.language].askQuietHours),
      'set-card': editTo(({ person }) => cardPartsView(person)),
      'set-card-part': async (ctx, [id]) => {
        const part = cardParts.find((known) => known === id)
        if (!part) return toastStale(ctx)
        edit(ctx, cardPartsView(await change(ctx, { hiddenCardParts: toggled(ctx.person.hiddenCardParts, part) })))
      },
    },
    dialogs: {
      'set-zone': (ctx) => takeAnswer(ctx, momentOf(ctx), zoneSettings(ctx), texts[ctx.language].unknownZone),
      'set-quiet': (ctx) =>
        takeAnswer(ctx, momentOf(ctx), quietSettings(textOf(ctx)), texts[ctx.language].badQuietHours),
    },
  }
}

const noQuietHours = { quietFrom: null, quietUntil: null } as const

/** The reply keyboard changes only with a new message. */
async function chooseLanguage(ctx: BotContext, chosenLanguage: Language | null, moment: Moment): Promise<void> {
  const person = await change(ctx, { chosenLanguage })
  ctx.refreshCommands()
  edit(ctx, settingsView(person, moment))
  const language = languageOf(person.language)
  if (language === ctx.language) return
  ctx.say(texts[language].menuSwitched, { keyboard: menuKeyboard(language) })
}

async function change(ctx: BotContext, settings: Partial<PersonSettings>): Promise<Person> {
  await personSettings.change(ctx.tx, ctx.person.id, settings)
  const person = await people.get(ctx.tx, ctx.person.id)
  ctx.toast(texts[languageOf(person.language)].saved)
  return person
}

async function openStep(ctx: BotContext, kind: 'set-zone' | 'set-quiet', question: string): Promise<void> {
  await ctx.saveDialog({ kind })
  ctx.say(question)
}

async function takeAnswer(
  ctx: BotContext,
  moment: Moment,
  settings: Partial<PersonSettings> | undefined,
  refusal: string,
): Promise<void> {
  if (!settings) return ctx.say(refusal)
  await ctx.leaveDialog()
  say(ctx, settingsView(await change(ctx, settings), moment))
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

function toastStale(ctx: BotContext): void {
  ctx.toast(commonTexts[ctx.language].staleButton)
}

function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text : ''
}

function say(ctx: BotContext, { html, keyboard }: View): void {
  ctx.say(html, { keyboard })
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}
