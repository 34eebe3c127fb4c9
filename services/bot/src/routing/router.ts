import type { Right } from '@atermtrack/domain'
import { accessTexts, commonTexts as texts } from '@atermtrack/messages'
import { Composer } from 'telegraf'
import { callbackQuery, message } from 'telegraf/filters'
import { answerOutdated } from './action.ts'
import { parseCallbackData } from './callback-data.ts'
import type { BotContext } from './context.ts'
import type { Command, Feature, Handle } from './feature.ts'
import { findMenuItem, type MenuItem } from './menu.ts'
import { commandsOf } from './publish-commands.ts'
import { createRoutingTable, type RoutingTable } from './routing-table.ts'

export interface RouterOptions {
  readonly features: readonly Feature[]
  /** Handles every message that nothing else handles. */
  readonly question: Handle
}

/**
 * Finds the handler for an update of a person with access. Pressed buttons come first, then commands and menu labels, which both
 * leave a dialog, then an open dialog, then files, then the question.
 */
export function createRouter({ features, question }: RouterOptions): Handle {
  const table = createRoutingTable(features)
  const composer = new Composer<BotContext>()
  composer.on(callbackQuery('data'), (ctx) => pressButton(ctx, ctx.callbackQuery.data, table))
  const commands = commandsOf(features)
  for (const command of commands) {
    // Keyboards of phones begin with a capital letter.
    composer.command(new RegExp(`^${command.name}$`, 'i'), runCommand(command, table))
  }
  composer.on(message('text'), async (ctx, next) => {
    if (ctx.message.text.startsWith('/')) {
      await leaveDialog(ctx, table)
      // In a group it may be another bot's command.
      return ctx.isPrivate ? ctx.say(texts[ctx.language].unknownCommand) : undefined
    }
    const item = findMenuItem(ctx.message.text)
    const word = item === undefined ? findWord(ctx, ctx.message.text, commands) : undefined
    if (word) return runCommand(word, table)(ctx)
    if (item === undefined) return next()
    await leaveDialog(ctx, table)
    await chooseItem(ctx, item, table)
  })
  composer.on(message('document'), async (ctx, next) => {
    const { document } = table
    const isAnswer = ctx.dialog !== undefined && !ctx.dialog.expired
    // An animation is a document too.
    if (!document || !ctx.may(document.right) || isAnswer || 'animation' in ctx.message) return next()
    await ctx.leaveDialog()
    if (!(await document.handler.accept(ctx))) await question(ctx)
  })
  composer.on('message', async (ctx) => {
    const { dialog } = ctx
    if (!dialog) return question(ctx)
    const step = dialog.expired ? undefined : table.findStep(dialog.state)
    if (step && ctx.may(step.right)) return step.handler(ctx)
    // The right was lost, or the dialog was closed, with a notice, while this message came in.
    if (!(await ctx.leaveDialog())) return question(ctx)
    ctx.say(texts[ctx.language].dialogClosed)
  })
  const route = composer.middleware()
  return async (ctx) => void (await route(ctx, async () => undefined))
}

/** The command that a word stands for. In a group the word may be meant for others, in a dialog it may be the answer. */
function findWord<C extends Command>(ctx: BotContext, text: string, commands: readonly C[]): C | undefined {
  if (!ctx.isPrivate) return undefined
  const word = text.trim().toLowerCase()
  return commands.find(({ words = [], cancels }) => words.includes(word) && (!ctx.dialog || cancels === true))
}

/** False when there was none. */
async function leaveDialog(ctx: BotContext, table: RoutingTable): Promise<boolean> {
  const { dialog } = ctx
  const leave = dialog && !dialog.expired ? table.findLeaving(dialog.state) : undefined
  await leave?.(ctx)
  return ctx.leaveDialog()
}

function runCommand(command: ReturnType<typeof commandsOf>[number], table: RoutingTable): Handle {
  const { right, cancels, handle } = command
  return async (ctx) => {
    const leftDialog = cancels ? await ctx.leaveDialog() : await leaveDialog(ctx, table)
    await (ctx.may(right) ? handle(ctx, leftDialog) : refuse(ctx, right))
  }
}

async function chooseItem(ctx: BotContext, item: MenuItem, table: RoutingTable): Promise<void> {
  const found = table.findMenuItem(item)
  if (found) await (ctx.may(found.right) ? found.handler(ctx) : refuse(ctx, found.right))
}

/** A command that somebody may not use does not exist for them. */
function refuse(ctx: BotContext, right: Right): void {
  const words = texts[ctx.language]
  ctx.say(isForPrivate(ctx, right) ? words.onlyInPrivate : words.unknownCommand)
}

function isForPrivate(ctx: BotContext, right: Right): boolean {
  return !ctx.isPrivate && ctx.mayInPrivate(right)
}

async function pressButton(ctx: BotContext, data: string, table: RoutingTable): Promise<void> {
  const pressed = parseCallbackData(data)
  const found = pressed && table.findAction(pressed.action)
  if (!found) return answerOutdated(ctx)
  const { right, handler } = found
  if (ctx.may(right)) {
    if (handler.leavesDialog) await leaveDialog(ctx, table)
    return handler.press(ctx, pressed.parts)
  }
  if (ctx.isPrivate) return answerOutdated(ctx)
  // All members of a group see the buttons of the others.
  ctx.toast(isForPrivate(ctx, right) ? texts[ctx.language].onlyInPrivate : accessTexts[ctx.language].noAccess)
}
