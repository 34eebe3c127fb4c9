import { audit, type GroupQuietHours, groupQuietHours, subscriptionTargets } from '@atermtrack/data'
import { parseQuietHours, type QuietHours, zoneLabel } from '@atermtrack/domain'
import { inEachLanguage, settingsTexts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import * as actions from './quiet-actions.ts'

const presets = [
  { from: '22:00', until: '08:00' },
  { from: '23:00', until: '07:00' },
] as const

export interface GroupQuietOptions {
  /** Zone of the hours that somebody without a zone sets. */
  readonly zone: string
}

/**
 * The quiet hours of a group or topic, for its alerts. Those who have something sent there set them in the place itself, and admins of the
 * bot; a topic without hours of its own follows its group.
 */
export function createGroupQuiet({ zone: scheduleZone }: GroupQuietOptions): Feature {
  const zoneOf = ({ person }: BotContext) => person.zone ?? scheduleZone
  const press =
    <P>(change: (ctx: BotContext, pressed: P) => Promise<void>) =>
    async (ctx: BotContext, pressed: P) => {
      if (ctx.isPrivate || !ctx.isMember) return answerOutdated(ctx)
      if (!(await mayChange(ctx))) return ctx.toast(settingsTexts[ctx.language].group.notYours)
      await change(ctx, pressed)
      ctx.toast(settingsTexts[ctx.language].saved)
      edit(ctx, await load(ctx))
    }
  const set = async (ctx: BotContext, hours: QuietHours | undefined, holdsAlerts?: boolean) => {
    const known = await groupQuietHours.find(ctx.tx, ctx.destination)
    await store(ctx, { hours, zone: zoneOf(ctx), holdsAlerts: holdsAlerts ?? known?.holdsAlerts ?? false })
  }
  return {
    name: 'group quiet hours',
    right: 'share_reports',
    declares: Object.values(actions),
    commands: [
      {
        name: 'quiet_hours',
        description: inEachLanguage(settingsTexts, ({ group }) => group.command),
        handle: (ctx) => show(ctx, (hours) => set(ctx, hours)),
      },
    ],
    actions: [
      actions.setGroupQuiet.handle(press((ctx, { from, until }) => set(ctx, { from, until }))),
      actions.dropGroupQuiet.handle(press((ctx) => set(ctx, undefined))),
      actions.chooseGroupQuiet.handle(
        press(async (ctx, { how }) => {
          const known = await groupQuietHours.find(ctx.tx, ctx.destination)
          if (known) await store(ctx, { ...known, holdsAlerts: how === 'hold' })
        }),
      ),
      actions.followGroupQuiet.handle(press((ctx) => groupQuietHours.unset(ctx.tx, ctx.destination))),
    ],
  }
}

/** Shows the hours of the place; hours behind the command set them. */
async function show(ctx: BotContext, set: (hours: QuietHours) => Promise<void>): Promise<void> {
  const words = settingsTexts[ctx.language]
  if (ctx.isPrivate) return ctx.say(words.group.inGroup)
  if (!ctx.isMember) return
  const asked = textOf(ctx).replace(/^\s*\/\S+\s*/u, '')
  if (asked !== '') {
    const hours = parseQuietHours(asked)
    if (!hours) return ctx.say(words.group.bad)
    if (!(await mayChange(ctx))) return ctx.say(words.group.notYours)
    await set(hours)
  }
  say(ctx, await load(ctx))
}

async function mayChange({ tx, mayInPrivate, destination, person }: BotContext): Promise<boolean> {
  return mayInPrivate('manage_groups') || subscriptionTargets.sendsTo(tx, destination.chatId, person.id)
}

async function store(ctx: BotContext, quiet: GroupQuietHours): Promise<void> {
  const { tx, destination } = ctx
  await groupQuietHours.set(tx, destination, quiet)
  const { chatId, threadId } = destination
  const hours = quiet.hours === undefined ? 'none' : `${quiet.hours.from}–${quiet.hours.until}`
  const details = { threadId: threadId ?? 0, hours }
  await audit.insert(tx, { ...ctx.actor, action: 'group.quiet_hours', object: `chat:${chatId}`, details })
}

async function load({ tx, destination, language, now }: BotContext): Promise<View> {
  const known = await groupQuietHours.find(tx, destination)
  const { group: words, noQuietHours } = settingsTexts[language]
  const isTopic = destination.threadId !== undefined
  const hours = known?.hours
  const state =
    known === undefined || hours === undefined
      ? words.none
      : words.hours(`${hours.from}–${hours.until}`, zoneLabel(known.zone, now), known.holdsAlerts)
  const offered = presets.map((preset) => {
    const text = `${preset.from}–${preset.until}`
    const isChosen = hours?.from === preset.from && hours.until === preset.until
    return actions.setGroupQuiet.button(ticked(text, isChosen), preset)
  })
  const how = (['silent', 'hold'] as const).map((choice) =>
    actions.chooseGroupQuiet.button(ticked(words[choice], known?.holdsAlerts === (choice === 'hold')), { how: choice }),
  )
  return {
    html: [
      words.title(isTopic),
      state,
      ...(known && isTopic && !known.isOfTopic ? [words.ofGroup] : []),
      '',
      words.about,
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        offered,
        [actions.dropGroupQuiet.button(ticked(noQuietHours, known !== undefined && hours === undefined))],
        ...(hours === undefined ? [] : [how]),
        ...(known?.isOfTopic ? [[actions.followGroupQuiet.button(words.follow)]] : []),
      ],
    },
  }
}

function ticked(text: string, isChosen: boolean): string {
  return isChosen ? `✅ ${text}` : text
}
