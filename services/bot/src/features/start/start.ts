import { escapeHtml, escapeWhole, inEachLanguage, type Language, startTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Command, Feature } from '../../routing/feature.ts'
import { menuKeyboard } from '../../routing/menu.ts'

/** Where a greeting of the settings names the person. */
const namePlace = '{name}'

/** The greeting of the settings in each language, as plain text; undefined for that of the bot. */
export type Greetings = Readonly<Record<Language, string | undefined>>

/** The commands that always work, in any chat and in any dialog. */
export function createStart({ greetings }: { readonly greetings: Greetings }): Feature {
  return {
    name: 'start',
    right: 'help',
    commands: [
      command('start', async (ctx) => sayWithMenu(ctx, greet(ctx, greetings))),
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
  }
}

function command(name: keyof typeof texts.ru.commands, handle: Command['handle']): Command {
  return { name, description: inEachLanguage(texts, ({ commands }) => commands[name]), handle }
}

function greet({ person, language }: BotContext, greetings: Greetings): string {
  const name = escapeHtml(person.firstName)
  const own = greetings[language]
  return own === undefined ? texts[language].start(name) : escapeWhole(own).split(namePlace).join(name)
}

async function help(ctx: BotContext): Promise<void> {
  sayWithMenu(ctx, texts[ctx.language].help)
}

/** Shows the menu in private only, because in a group every member would see it. */
function sayWithMenu(ctx: BotContext, html: string): void {
  ctx.say(html, ctx.isPrivate ? { keyboard: menuKeyboard(ctx.language, { isAdmin: ctx.may('manage_people') }) } : {})
}
