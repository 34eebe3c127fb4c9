import { audit, deliveries, people, type Person } from '@atermtrack/data'
import { deliveryPriority } from '@atermtrack/queue'
import { parseCallbackData, parseId } from '../../callback-data.ts'
import type { BotContext } from '../../context.ts'
import type { Feature, Handle } from '../../feature.ts'
import { menuKeyboard } from '../../menu.ts'
import type { Producers } from '../../producers.ts'
import { texts as commonTexts } from '../../texts.ts'
import { texts } from './texts.ts'
import { askKeyboard, fullName, requestKeyboard, requestView } from './views.ts'

export type AccessMode = 'approval' | 'open'

export interface AccessOptions {
  readonly mode: AccessMode
  /** Persons (positive) who are admins, and groups (negative) that get the notices. */
  readonly adminChatIds: readonly number[]
  readonly producers: Pick<Producers, 'sendTelegram'>
}

export interface Access {
  readonly isAdmin: (person: Person) => boolean
  readonly hasAccess: (person: Person) => boolean
  /** Answers somebody without access; nothing else ever does. */
  readonly turnAway: Handle
  readonly feature: Feature
}

/** Who may use the bot, how they ask for it, and how admins decide. */
export function createAccess(options: AccessOptions): Access {
  const { mode, adminChatIds } = options
  const isAdmin = ({ telegramId, role }: Person) => role === 'admin' || adminChatIds.includes(telegramId)
  return {
    isAdmin,
    hasAccess: (person) => mode === 'open' || person.access === 'granted' || isAdmin(person),
    turnAway: (ctx) => turnAway(ctx, options),
    feature: {
      callbacks: {
        'access-grant': (ctx, [id]) => decide(ctx, id, { access: 'granted', ...options }),
        'access-deny': (ctx, [id]) => decide(ctx, id, { access: 'denied', ...options }),
        // Who still sees this button has been let in meanwhile.
        'access-ask': async (ctx) => ctx.edit(texts[ctx.language].granted),
      },
    },
  }
}

async function turnAway(ctx: BotContext, options: AccessOptions): Promise<void> {
  const words = texts[ctx.language]
  const query = ctx.callbackQuery
  const pressed = query && 'data' in query ? parseCallbackData(query.data) : undefined
  if (pressed?.action === 'access-ask') return ask(ctx, options)
  if (query) return ctx.toast(words.noAccess)
  if (!ctx.isPrivate) return
  if (ctx.person.access === 'denied') return ctx.say(words.denied)
  if (ctx.person.access === 'requested') return ctx.say(words.waiting)
  ctx.say(words.welcome, { keyboard: askKeyboard(ctx.language) })
}

async function ask(ctx: BotContext, options: AccessOptions): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  if (!(await people.requestAccess(tx, person.id))) {
    return ctx.edit(person.access === 'denied' ? words.denied : words.waiting)
  }
  for (const chatId of options.adminChatIds) {
    await notify(ctx, options, { chatId, text: requestView(person, 'ru'), markup: requestKeyboard(person.id, 'ru') })
  }
  ctx.edit(words.asked)
}

async function decide(
  ctx: BotContext,
  id: string | undefined,
  options: AccessOptions & { readonly access: 'granted' | 'denied' },
): Promise<void> {
  const { tx, person: admin, language } = ctx
  const words = texts[language]
  if (!ctx.isAdmin) return ctx.toast(words.noAccess)
  const personId = parseId(id)
  if (personId === undefined) return ctx.toast(commonTexts[language].staleButton)
  const { access } = options
  const person = await people.decideAccess(tx, personId, { access, decidedBy: admin.id })
  if (!person) return showDecision(ctx, personId)
  await audit.insert(tx, { actorId: admin.id, action: `access.${access}`, object: `person:${person.id}` })
  const markup = access === 'granted' ? menuKeyboard(person.language) : undefined
  await notify(ctx, options, { chatId: person.telegramId, personId, text: texts[person.language][access], markup })
  ctx.edit(`${requestView(person, language)}\n\n${words.decided(access, fullName(admin))}`)
}

async function showDecision(ctx: BotContext, personId: number): Promise<void> {
  const words = texts[ctx.language]
  const decision = await people.findAccessDecision(ctx.tx, personId)
  if (!decision) return ctx.toast(commonTexts[ctx.language].staleButton)
  const by = fullName(decision.decidedBy)
  ctx.toast(words.decidedBefore(decision.access, by))
  ctx.edit(`${requestView(decision.person, ctx.language)}\n\n${words.decided(decision.access, by)}`)
}

async function notify(
  ctx: BotContext,
  { producers }: AccessOptions,
  message: {
    readonly chatId: number
    readonly personId?: number
    readonly text: string
    readonly markup?: object | undefined
  },
): Promise<void> {
  const { id } = await deliveries.insertMessage(ctx.tx, { kind: 'alert', ...message })
  ctx.afterCommit(() => producers.sendTelegram.ring({ deliveryId: id }, { priority: deliveryPriority.alert }))
}
