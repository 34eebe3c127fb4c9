import { accessWaits, adminChats, people } from '@atermtrack/data'
import { type AccessPolicy, cleanText } from '@atermtrack/domain'
import { accessTexts as texts, notice } from '@atermtrack/messages'
import { parseCallbackData } from '../../routing/callback-data.ts'
import type { BotContext } from '../../routing/context.ts'
import { type Feature, type Handle, withRight } from '../../routing/feature.ts'
import { findMenuItem } from '../../routing/menu.ts'
import { isAddressed } from '../../updates/update-facts.ts'
import { createDecisions } from './decisions.ts'
import { notify } from './notify.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { aboutStep } from './steps.ts'
import { askKeyboard, skipKeyboard } from './views.ts'

export interface AccessOptions {
  readonly policy: AccessPolicy
}

export interface Access {
  /** Answers a person without access; no other handler does. */
  readonly turnAway: Handle
  readonly feature: Feature
}

const longestAbout = 300

/** Lets people ask for access, and admins decide. */
export function createAccess(options: AccessOptions): Access {
  const decisions = createDecisions()
  // A person with access who still has these buttons or this question was let in meanwhile.
  const welcome: Handle = async (ctx) => ctx.edit(texts[ctx.language].granted)
  return {
    turnAway: (ctx) => turnAway(ctx, options),
    feature: {
      name: 'access',
      right: 'request_access',
      declares: [...Object.values(actions), ...Object.values(steps)],
      actions: [
        ...withRight('decide_access', decisions.actions),
        actions.askForAccess.handle(welcome),
        actions.skipAbout.handle(welcome),
      ],
      dialogs: [
        ...withRight('decide_access', decisions.dialogs),
        aboutStep.handle(async (ctx) => {
          await ctx.leaveDialog()
          ctx.say(texts[ctx.language].granted)
        }),
      ],
    },
  }
}

async function turnAway(ctx: BotContext, options: AccessOptions): Promise<void> {
  const words = texts[ctx.language]
  const query = ctx.callbackQuery
  if (query) return press(ctx, 'data' in query ? query.data : '', options)
  if (!ctx.isPrivate) return isAddressedIn(ctx) ? ctx.say(words.onlyWithAccess) : undefined
  if (isAnsweringAbout(ctx)) return acceptAbout(ctx, options)
  await ctx.leaveDialog()
  const obstacle = obstacleOf(ctx)
  return obstacle === undefined
    ? ctx.say(words.welcome, { keyboard: askKeyboard(ctx.language) })
    : ctx.say(words[obstacle])
}

async function press(ctx: BotContext, data: string, options: AccessOptions): Promise<void> {
  const action = parseCallbackData(data)?.action
  const isSkipping = action === actions.skipAbout.action
  const words = texts[ctx.language]
  if (!ctx.isPrivate || (!isSkipping && action !== actions.askForAccess.action)) return ctx.toast(words.noAccess)
  const obstacle = obstacleOf(ctx)
  if (obstacle !== undefined) return ctx.edit(words[obstacle])
  if (isSkipping) {
    await request(ctx, undefined, options)
    return ctx.edit(words.asked)
  }
  await ctx.saveDialog(aboutStep, {})
  ctx.edit(words.askForIntroduction, { keyboard: skipKeyboard(ctx.language) })
}

/** The key of the text that explains why a person may not ask. The repository decides; this only explains it before. */
function obstacleOf({ person, now }: BotContext): 'waiting' | 'denied' | 'dismissed' | 'withdrawn' | undefined {
  if (person.access === 'requested') return 'waiting'
  const wait = accessWaits.waitOf(person, now)
  if (wait?.access === 'requested') return 'withdrawn'
  // A person who had access before has a role.
  return wait && (person.role === null ? 'denied' : 'dismissed')
}

function isAddressedIn({ message, botInfo }: BotContext): boolean {
  return message !== undefined && isAddressed(message, botInfo)
}

/** A command leaves the dialog, and so does a label of the menu, which people with former access still have. */
function isAnsweringAbout({ dialog, message }: BotContext): boolean {
  const text = message && 'text' in message ? message.text : ''
  const isCommand = text.startsWith('/') || findMenuItem(text) !== undefined
  return !isCommand && aboutStep.read(dialog?.expired ? undefined : dialog?.state) !== undefined
}

async function acceptAbout(ctx: BotContext, options: AccessOptions): Promise<void> {
  const { message, language } = ctx
  const about = message && 'text' in message ? cleanText(message.text) : ''
  if (about === '' || about.length > longestAbout) {
    return ctx.say(texts[language].badAbout, { keyboard: skipKeyboard(language) })
  }
  await request(ctx, about, options)
  ctx.say(texts[language].asked)
}

async function request(ctx: BotContext, about: string | undefined, options: AccessOptions): Promise<void> {
  const { tx, person } = ctx
  await ctx.leaveDialog()
  if (!(await people.requestAccess(tx, person.id, about))) return
  const request = notice('access_requested', { personId: person.id, person, about: about ?? null })
  for (const { chatId } of await adminChats.list(tx, options.policy.adminChatIds)) {
    await notify(ctx, { audience: 'admin', chatId, notice: request })
  }
}
