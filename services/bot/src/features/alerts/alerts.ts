import { type AlertSource, alertReaders, alertViews, people, personSettings } from '@atermtrack/data'
import type { EventKind } from '@atermtrack/domain'
import {
  alertsTexts as texts,
  escapeHtml,
  eventHeading,
  inEachLanguage,
  subscriptionsTexts,
} from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import type { View } from '../../routing/view.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { clip } from '../subscriptions/describe.ts'
import { declineReports } from '../subscriptions/sharing/target-actions.ts'
import * as actions from './actions.ts'
import { listView, settingsView } from './views.ts'

export interface AlertsOptions {
  readonly settings: ViewSettings
}

const mostSubscriptions = 8

/** The buttons under messages about events, and the choices of a person about them. */
export function createAlerts({ settings }: AlertsOptions): Feature {
  const show = async (ctx: BotContext) => {
    const { html, keyboard } = await loadSettings(ctx)
    ctx.say(html, { keyboard })
  }
  return {
    name: 'alerts',
    right: 'keep_own',
    declares: Object.values(actions),
    commands: [{ name: 'alerts', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    actions: [
      actions.openAlert.handle(async (ctx, { alert }) => {
        const { html, keyboard } = await loadList(ctx, { alert, page: 0 }, settings)
        ctx.say(html, { keyboard })
      }),
      actions.showAlertPage.handle(async (ctx, asked) => {
        const { html, keyboard } = await loadList(ctx, asked, settings)
        ctx.edit(html, { keyboard })
      }),
      actions.stopKind.handle(
        withSource((ctx, source, alert) => setKind(ctx, source, { alert, isWanted: false }), offerToLeave),
      ),
      actions.resumeKind.handle(withSource((ctx, source, alert) => setKind(ctx, source, { alert, isWanted: true }))),
      actions.showAlertSettings.handle(show),
      actions.chooseQuietAlerts.handle(async (ctx, { how }) => {
        await personSettings.change(ctx.tx, ctx.person.id, { holdsAlerts: how === 'hold' })
        ctx.toast(texts[ctx.language].saved)
        const { html, keyboard } = await loadSettings(ctx)
        ctx.edit(html, { keyboard })
      }),
    ],
  }
}

async function loadSettings({ tx, person }: BotContext): Promise<View> {
  const page = await alertViews.listSubscriptions(tx, person.id, { limit: mostSubscriptions })
  return settingsView(await people.get(tx, person.id), page)
}

/** Containers that the reader does not see any more are left out. */
async function loadList(
  { tx, scope, person, language, now }: BotContext,
  { alert, page }: { readonly alert: number; readonly page: number },
  { sourceZone }: ViewSettings,
): Promise<View> {
  const events = await alertViews.listReported(tx, alert, { chatId: person.telegramId })
  const sees = await alertReaders.lookUpVisible(
    tx,
    [scope],
    events.map(({ container }) => container),
  )
  const seen = events.filter(({ container }) => sees(scope, container))
  return listView(alert, seen, { page, zone: person.zone ?? sourceZone, language, now })
}

/** Restricts a button to messages of the person's own. */
function withSource(
  press: (ctx: BotContext, source: AlertSource, alert: number) => Promise<void>,
  otherwise: (ctx: BotContext, alert: number) => void | Promise<void> = answerOutdated,
) {
  return async (ctx: BotContext, { alert }: { readonly alert: number }) => {
    const source = await alertViews.findSource(ctx.tx, alert, { personId: ctx.person.id })
    return source ? press(ctx, source, alert) : otherwise(ctx, alert)
  }
}

/** The choice of events is the owner's; a colleague can give up the subscription. */
async function offerToLeave(ctx: BotContext, alert: number): Promise<void> {
  const foreign = await alertViews.listForeignSources(ctx.tx, alert, { personId: ctx.person.id })
  if (foreign.length === 0) return answerOutdated(ctx)
  const { language } = ctx
  const { stopReceiving } = subscriptionsTexts[language]
  const buttons = foreign.slice(0, mostSubscriptions).map(({ targetId, name }) => {
    const text = foreign.length === 1 ? stopReceiving : `${stopReceiving}: ${clip(name)}`
    return [declineReports.button(text, { targetId })]
  })
  const names = foreign.map(({ name }) => escapeHtml(name)).join(', ')
  ctx.say(texts[language].foreign(names), { keyboard: { inline_keyboard: buttons } })
}

async function setKind(
  ctx: BotContext,
  { kind, subscriptions }: AlertSource,
  { alert, isWanted }: { readonly alert: number; readonly isWanted: boolean },
): Promise<void> {
  const subscriptionIds = subscriptions.map(({ id }) => id)
  await alertViews.setKind(ctx.tx, { kind, subscriptionIds }, isWanted)
  const words = texts[ctx.language]
  const names = subscriptions.map(({ name }) => escapeHtml(name)).join(', ')
  const heading = eventHeading({ kind: kind as EventKind }, ctx.language)
  if (isWanted) return ctx.edit(words.resumed(heading, names))
  const undo = [actions.resumeKind.button(words.buttons.resume, { alert }), actions.showAlertSettings.button('⚙️')]
  ctx.say(words.stopped(heading, names), { keyboard: { inline_keyboard: [undo] } })
}
