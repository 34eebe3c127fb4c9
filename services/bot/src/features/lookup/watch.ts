import { watchLists } from '@atermtrack/data'
import { type ContainerNumber, nextSlot } from '@atermtrack/domain'
import { lookupTexts as texts, zoneMark } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import { usualSlots } from '../subscriptions/offered-times.ts'
import { watchButton } from './buttons.ts'

/** Adds a container to the person's watch list. The first container creates the list, with reports at the usual times. */
export async function watch(ctx: BotContext, container: ContainerNumber, scheduleZone: string): Promise<void> {
  const { tx, person, now, language, isMember } = ctx
  const words = texts[language]
  if (!isMember) return ctx.toast(words.watchNeedsAccess)
  const slots = usualSlots(ctx.offeredTimes)
  const zone = person.zone ?? scheduleZone
  const next = nextSlot({ slots, zone, after: now })
  if (!next) return answerOutdated(ctx)
  const fresh = { personId: person.id, name: words.watchList, slots, zone, nextDueAt: next.plannedAt }
  const list = await watchLists.add(tx, container, fresh)
  if (!list.holds) return ctx.toast(words.watchListFull)
  const times = `${list.slots.join(', ')} (${zoneMark(list.zone, now, ctx.language)})`
  ctx.toast(words.watched(container, list.name, times))
  turnButton(ctx, container, true)
}

/** Removes a container from the watch list. */
export async function unwatch(ctx: BotContext, container: ContainerNumber): Promise<void> {
  const { tx, person, language } = ctx
  await watchLists.remove(tx, container, person.id)
  ctx.toast(texts[language].unwatched(container))
  turnButton(ctx, container, false)
}

/** Changes the button in private only: in a group each member has a watch list of their own. */
function turnButton(ctx: BotContext, container: ContainerNumber, isWatched: boolean): void {
  const { callbackQuery, isPrivate, language } = ctx
  const message = callbackQuery?.message
  if (!isPrivate || !message || !('reply_markup' in message) || !message.reply_markup) return
  const turned = watchButton(container, isWatched, language)
  const turn = (key: InlineKeyboardButton) => (isPressed(key, container) ? turned : key)
  const rows = message.reply_markup.inline_keyboard.map((row) => row.map(turn))
  ctx.answer('editMessageReplyMarkup', {
    chat_id: message.chat.id,
    message_id: message.message_id,
    reply_markup: { inline_keyboard: rows },
  })
}

function isPressed(key: InlineKeyboardButton, container: ContainerNumber): boolean {
  return [true, false].some((isWatched) => {
    const one = watchButton(container, isWatched, 'ru')
    return 'callback_data' in key && key.callback_data === one.callback_data
  })
}
