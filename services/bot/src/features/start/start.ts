import { examples as stored, type Examples } from '@atermtrack/data'
import { clipText, readNumbers } from '@atermtrack/domain'
import {
  escapeHtml,
  escapeWhole,
  inEachLanguage,
  type Language,
  startTexts as texts,
  stationName,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { type Command, type Feature, withRight } from '../../routing/feature.ts'
import { menuKeyboard } from '../../routing/menu.ts'
import { argumentOf } from '../../routing/view.ts'
import { exampleTexts, readExamples } from '../question/examples.ts'
import * as actions from './actions.ts'

/** Where a greeting of the settings names the person. */
const namePlace = '{name}'
const longestLabel = 60

/** The greeting of the settings in each language, as plain text; undefined for that of the bot. */
export type Greetings = Readonly<Record<Language, string | undefined>>

export interface StartOptions {
  readonly greetings: Greetings
  /** Answers a text as if the person had written it. */
  readonly ask: (ctx: BotContext, text: string) => Promise<void>
}

/** The commands that always work, in any chat and in any dialog. */
export function createStart(options: StartOptions): Feature {
  const { ask } = options
  return {
    name: 'start',
    right: 'help',
    commands: [
      command('start', (ctx) => start(ctx, options)),
      { ...command('menu', async (ctx) => sayWithMenu(ctx, texts[ctx.language].menu)), words: ['меню', 'menu'] },
      command('help', help),
      {
        ...command('cancel', async (ctx, leftDialog) => {
          const { cancelled, nothingToCancel } = texts[ctx.language]
          sayWithMenu(ctx, leftDialog ? cancelled : nothingToCancel)
        }),
        cancels: true,
        words: ['отмена', 'отменить', 'отмени', 'cancel'],
      },
    ],
    menu: { help },
    declares: Object.values(actions),
    actions: withRight('ask', [
      actions.tryContainer.handle((ctx, { container }) => ask(ctx, container)),
      actions.tryTrain.handle((ctx, { trainCode }) => ask(ctx, trainCode)),
      actions.tryStation.handle(async (ctx, { station }) => {
        const name = await stored.findStationName(ctx.tx, station, ctx.scope)
        await (name === undefined ? answerOutdated(ctx) : ask(ctx, texts[ctx.language].destinationQuestion(name)))
      }),
    ]),
  }
}

function command(name: keyof typeof texts.ru.commands, handle: Command['handle']): Command {
  return { name, description: inEachLanguage(texts, ({ commands }) => commands[name]), handle }
}

/** A link `?start=NUMBER` opens what the number stands for, also several with `_` between them. Any other payload is greeted. */
async function start(ctx: BotContext, { greetings, ask }: StartOptions): Promise<void> {
  const asked = argumentOf(ctx)
  if (asked !== '' && namesSomething(asked) && ctx.may('ask')) return ask(ctx, asked)
  sayWithMenu(ctx, greet(ctx, greetings))
  if (!ctx.isPrivate || !ctx.may('ask')) return
  const rows = exampleRows(await readExamples(ctx), ctx.language)
  // A message carries the keyboard below the chat or buttons, not both.
  if (rows.length > 0) ctx.say(texts[ctx.language].tryThis, { keyboard: { inline_keyboard: rows } })
}

function namesSomething(text: string): boolean {
  const { containers, wagons, waybills, trains, mistyped } = readNumbers(text)
  return [containers, wagons, waybills, trains, mistyped].some((found) => found.length > 0)
}

/** A button for each example that there is. */
function exampleRows(
  { container, train, destination, destinationId: station }: Examples,
  language: Language,
): InlineKeyboardButton[][] {
  const words = texts[language].examples
  return [
    ...(container === null ? [] : [actions.tryContainer.button(words.container(container), { container })]),
    ...(train === null ? [] : [actions.tryTrain.button(words.train(train), { trainCode: train })]),
    ...(station === null || destination === null
      ? []
      : [
          actions.tryStation.button(clipText(words.question(stationName(destination, language)), longestLabel), {
            station,
          }),
        ]),
  ].map((button) => [button])
}

function greet({ person, language }: BotContext, greetings: Greetings): string {
  const name = escapeHtml(person.firstName)
  const own = greetings[language]
  return own === undefined ? texts[language].start(name) : escapeWhole(own).split(namePlace).join(name)
}

async function help(ctx: BotContext): Promise<void> {
  sayWithMenu(ctx, texts[ctx.language].help(exampleTexts(await readExamples(ctx), ctx.language)))
}

/** Shows the menu in private only, because in a group every member would see it. */
function sayWithMenu(ctx: BotContext, html: string): void {
  ctx.say(html, ctx.isPrivate ? { keyboard: menuKeyboard(ctx.language, { isAdmin: ctx.may('manage_people') }) } : {})
}
