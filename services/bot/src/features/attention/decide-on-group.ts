import { attention, type AttentionEntry } from '@atermtrack/data'
import { attentionTexts as texts, formatDateStamp } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import * as actions from './actions.ts'
import { type AttentionGroup, groupOf } from './attention-lines.ts'
import { groupView } from './group-view.ts'
import { laterBy, stateOf } from './put-away.ts'
import { type AttentionOptions, changeMarks, readList } from './read-attention.ts'
import type { ListPlace } from './views.ts'

type Placed = ListPlace & { readonly container: string }
type Decide = (ctx: BotContext, group: AttentionGroup) => Promise<void>

/** The buttons that open a train of the list, and decide about all its containers that wait for the same reasons. */
export function groupActions(options: AttentionOptions) {
  const { settings } = options
  const readGroup = async (ctx: BotContext, { whose, container }: Placed) =>
    groupOf((await readList(ctx, whose, options)).entries, container)
  async function open(ctx: BotContext, place: Placed & { readonly page: number }): Promise<void> {
    const group = await readGroup(ctx, place)
    if (!group) return ctx.toast(texts[ctx.language].groupGone)
    const { html, keyboard } = groupView(group, place, viewOptionsOf(ctx, settings))
    ctx.edit(html, { keyboard })
  }
  /** The group of the press is that of this moment, so that nothing is decided about a container that has moved on. */
  const deciding = (decide: Decide) => async (ctx: BotContext, place: Placed) => {
    const group = await readGroup(ctx, place)
    if (!group) return ctx.toast(texts[ctx.language].groupGone)
    await decide(ctx, group)
    await open(ctx, { ...place, page: 0 })
  }
  const marking = (change: (entry: AttentionEntry) => attention.MarkChange, toast: string | undefined) =>
    deciding(async (ctx, { entries }) => {
      await changeMarks(
        ctx,
        entries.map((entry) => ({ container: entry.container, tripId: entry.tripId, fields: change(entry) })),
      )
      ctx.toast(toast ?? texts[ctx.language].releasedMany(entries.length))
    })
  return [
    actions.openGroup.handle(open),
    actions.takeGroup.handle(
      deciding(async (ctx, { entries }) => {
        const circle = attention.circleOf(ctx.scope)
        if (circle === undefined) return
        const taken = await attention.take(ctx.tx, circle, entries, ctx.person.id)
        ctx.toast(texts[ctx.language].takenMany(taken.length, entries.length))
      }),
    ),
    actions.releaseGroup.handle(marking(() => ({ takenBy: null }), undefined)),
    actions.putOffGroup.handle(async (ctx, { hours, ...place }) => {
      const until = laterBy(hours, ctx.now)
      const zone = ctx.person.zone ?? settings.sourceZone
      const moment = formatDateStamp(until, { language: ctx.language, zone, now: ctx.now })
      await marking(() => ({ laterUntil: until, hiddenState: null }), texts[ctx.language].putOff(moment))(ctx, place)
    }),
    actions.hideGroup.handle(async (ctx, place) =>
      marking((entry) => ({ hiddenState: stateOf(entry), laterUntil: null }), texts[ctx.language].hiddenNow)(
        ctx,
        place,
      ),
    ),
    actions.showGroupAgain.handle(async (ctx, place) =>
      marking(() => ({ laterUntil: null, hiddenState: null }), texts[ctx.language].shown)(ctx, place),
    ),
  ]
}
