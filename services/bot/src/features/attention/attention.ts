import { attention, type AttentionEntry } from '@atermtrack/data'
import { readUntil } from '@atermtrack/domain'
import { attentionTexts as texts, formatDateStamp, inEachLanguage } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature, Handle } from '../../routing/feature.ts'
import { textOf } from '../../routing/view.ts'
import { viewOptionsOf } from '../lookup/view-options.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import * as actions from './actions.ts'
import { groupActions } from './decide-on-group.ts'
import { type AttentionOptions, changeMarks, readEntry, readList } from './read-attention.ts'
import * as steps from './steps.ts'
import { noteStep, untilStep } from './steps.ts'
import { laterBy, stateOf } from './put-away.ts'
import { entryView, type ListPlace, listView } from './views.ts'

export interface AttentionFeature {
  readonly feature: Feature
  /** Answers a text that asks for it, such as «что горит»; false for any other. */
  readonly answer: (ctx: BotContext, text: string) => Promise<boolean>
}

const question =
  /^\s*(?:а\s+)?(?:что\s+(?:у\s+(?:нас|меня)\s+)?горит|что\s+требует\s+внимания|список\s+внимания|what\s+needs\s+attention|attention\s+list)[\s?!.]*$/iu
const longestNote = 200
const longestDays = 90
const firstPlace: ListPlace = { whose: 'own', shown: 'any' }

type Placed = ListPlace & { readonly container: string }
type Change = attention.MarkChange

/** The list of containers that need somebody, with the decisions of those who see them. */
export function createAttention(options: AttentionOptions): AttentionFeature {
  const { settings } = options
  const show: Handle = async (ctx) => {
    const { html, keyboard } = await loadFirst(ctx, options)
    ctx.say(html, { keyboard })
  }
  return {
    async answer(ctx, text) {
      if (!ctx.isPrivate || !question.test(text)) return false
      await show(ctx)
      return true
    },
    feature: {
      name: 'attention',
      right: 'attention',
      declares: [...Object.values(actions), ...Object.values(steps)],
      commands: [{ name: 'attention', description: inEachLanguage(texts, (words) => words.command), handle: show }],
      menu: { attention: show },
      actions: [
        actions.showAttention.handle(async (ctx, place) => {
          const { html, keyboard } = await loadList(ctx, place, options)
          ctx.edit(html, { keyboard })
        }),
        actions.openAttention.handle((ctx, place) => editEntry(ctx, place, settings)),
        actions.takeContainer.handle(withEntry(settings, (ctx, entry, place) => take(ctx, entry, place, settings))),
        ...decisions(settings),
        ...groupActions(options),
        actions.askForNote.handle(
          withEntry(settings, async (ctx, { container }) => {
            await ctx.saveDialog(noteStep, { container })
            ctx.say(texts[ctx.language].askNote(container))
          }),
        ),
        actions.askUntil.handle(
          withEntry(settings, async (ctx, _entry, place) => {
            await ctx.saveDialog(untilStep, place)
            ctx.say(texts[ctx.language].askUntil(place.container))
          }),
        ),
      ],
      dialogs: [
        noteStep.handle((ctx, { container }) => takeNote(ctx, container, settings)),
        untilStep.handle((ctx, place) => takeUntil(ctx, place, settings)),
      ],
    },
  }
}

/** The buttons that change the mark of a container, and show it again afterwards. */
function decisions(settings: ViewSettings) {
  const marking = (change: (ctx: BotContext, entry: AttentionEntry) => Change, toast: (ctx: BotContext) => string) =>
    withEntry(settings, async (ctx, entry, place) => {
      await changeMark(ctx, entry, change(ctx, entry))
      ctx.toast(toast(ctx))
      await editEntry(ctx, place, settings)
    })
  return [
    actions.releaseContainer.handle(
      marking(
        () => ({ takenBy: null }),
        ({ language }) => texts[language].released,
      ),
    ),
    actions.putOffContainer.handle(async (ctx, { hours, ...place }) => {
      const until = laterBy(hours, ctx.now)
      const zone = ctx.person.zone ?? settings.sourceZone
      const putOff = marking(
        () => ({ laterUntil: until, hiddenState: null }),
        ({ language }) => texts[language].putOff(formatDateStamp(until, { language, zone, now: ctx.now })),
      )
      await putOff(ctx, place)
    }),
    actions.hideContainer.handle(
      marking(
        (_, entry) => ({ hiddenState: stateOf(entry), laterUntil: null }),
        ({ language }) => texts[language].hiddenNow,
      ),
    ),
    actions.showContainerAgain.handle(
      marking(
        () => ({ laterUntil: null, hiddenState: null }),
        ({ language }) => texts[language].shown,
      ),
    ),
  ]
}

/** The list of the person's own subscriptions, or of all that they see where these need nobody. */
async function loadFirst(ctx: BotContext, options: AttentionOptions) {
  const own = await readList(ctx, 'own', options)
  const whose = own.entries.length > 0 ? 'own' : 'all'
  const found = whose === 'own' ? own : await readList(ctx, whose, options)
  return listView(found, { ...firstPlace, whose, page: 0 }, viewOptionsOf(ctx, options.settings))
}

async function loadList(ctx: BotContext, place: ListPlace & { readonly page: number }, options: AttentionOptions) {
  return listView(await readList(ctx, place.whose, options), place, viewOptionsOf(ctx, options.settings))
}

/** Restricts a button to containers that the person sees now. */
function withEntry(
  settings: ViewSettings,
  press: (ctx: BotContext, entry: AttentionEntry, place: Placed) => Promise<void>,
) {
  return async (ctx: BotContext, place: Placed) => {
    const entry = await readEntry(ctx, place.container, settings)
    return entry ? press(ctx, entry, place) : ctx.toast(texts[ctx.language].gone)
  }
}

async function editEntry(ctx: BotContext, place: Placed, settings: ViewSettings): Promise<void> {
  const entry = await readEntry(ctx, place.container, settings)
  if (!entry) return ctx.toast(texts[ctx.language].gone)
  const { html, keyboard } = entryView(entry, place, viewOptionsOf(ctx, settings))
  ctx.edit(html, { keyboard })
}

async function take(ctx: BotContext, entry: AttentionEntry, place: Placed, settings: ViewSettings): Promise<void> {
  const words = texts[ctx.language]
  const circle = attention.circleOf(ctx.scope)
  if (circle === undefined) return ctx.toast(words.gone)
  const taken = await attention.take(ctx.tx, circle, [entry], ctx.person.id)
  ctx.toast(taken.length > 0 ? words.takenNow : words.takenBefore(entry.mark?.takenByName ?? '—'))
  await editEntry(ctx, place, settings)
}

async function changeMark(ctx: BotContext, { container, tripId }: AttentionEntry, fields: Change): Promise<void> {
  await changeMarks(ctx, [{ container, tripId, fields }])
}

async function takeNote(ctx: BotContext, container: string, settings: ViewSettings): Promise<void> {
  const words = texts[ctx.language]
  const text = textOf(ctx).trim()
  if (text === '' || text.length > longestNote) return ctx.say(words.badNote)
  await ctx.leaveDialog()
  const entry = await readEntry(ctx, container, settings)
  if (!entry) return ctx.say(words.gone)
  await changeMark(ctx, entry, { note: /^[-–—−]$/u.test(text) ? null : text })
  await sayEntry(ctx, { container, ...firstPlace }, { settings, news: words.noteSaved })
}

/** A text that names no moment ahead leaves the question open. */
async function takeUntil(ctx: BotContext, place: Placed, settings: ViewSettings): Promise<void> {
  const words = texts[ctx.language]
  const zone = ctx.person.zone ?? settings.sourceZone
  const read = readUntil(textOf(ctx), { now: ctx.now, zone, mostDays: longestDays })
  if (read.kind === 'refused') return ctx.say(words.badUntil[read.reason])
  await ctx.leaveDialog()
  const entry = await readEntry(ctx, place.container, settings)
  if (!entry) return ctx.say(words.gone)
  await changeMark(ctx, entry, { laterUntil: read.at, hiddenState: null })
  await sayEntry(ctx, place, {
    settings,
    news: words.putOff(formatDateStamp(read.at, { language: ctx.language, zone, now: ctx.now })),
  })
}

/** A container as it is now, below what has just been done about it. */
async function sayEntry(
  ctx: BotContext,
  place: Placed,
  { settings, news }: { readonly settings: ViewSettings; readonly news: string },
): Promise<void> {
  const entry = await readEntry(ctx, place.container, settings)
  if (!entry) return
  const { html, keyboard } = entryView(entry, place, viewOptionsOf(ctx, settings))
  ctx.say(`${news}\n\n${html}`, { keyboard })
}
