import { escapeHtml, inEachLanguage, startTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Command, Feature } from '../../routing/feature.ts'
import { menuKeyboard } from '../../routing/menu.ts'

/** The commands that always work, in any chat and in any dialog. */
export function createStart(): Feature {
  return {
    name: 'start',
    right: 'help',
    commands: [
      command('start', async (ctx) => sayWithMenu(ctx, texts[ctx.language].start(escapeHtml(ctx.person.firstName)))),
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

async function help(ctx: BotContext): Promise<void> {
  sayWithMenu(ctx, texts[ctx.language].help)
}

/** Shows the menu in private only, because in a group every member would see it. */
function sayWithMenu(ctx: BotContext, html: string): void {
  ctx.say(html, ctx.isPrivate ? { keyboard: menuKeyboard(ctx.language, { isAdmin: ctx.may('manage_people') }) } : {})
}
