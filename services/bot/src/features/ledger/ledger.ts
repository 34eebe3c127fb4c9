import { audit, deliveryLedger } from '@atermtrack/data'
import { inEachLanguage, ledgerTexts as texts } from '@atermtrack/messages'
import { enqueueDeliveries } from '@atermtrack/outbox'
import type { BotContext } from '../../routing/context.ts'
import { type Feature, withRight } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { ledgerView, ownReportsView, pageSize, type Reading } from './views.ts'

export interface LedgerOptions {
  /** Zone of the times shown to people who have chosen none. */
  readonly zone: string
}

export interface Ledger {
  readonly feature: Feature
  /** Answers «не получил отчёт»; false for any other text. */
  readonly answer: (ctx: BotContext, text: string) => Promise<boolean>
}

const asksForReport =
  /^(?:я )?(?:не (?:получил[аи]?|приш(?:ел|ёл|л[аио])|дош(?:ел|ёл|л[аио])))(?: \p{L}+)?(?: отч[её]т\p{L}*)?(?: на (?:почту|e-?mail))?[.!?]*$|^(?:где )?(?:мой|мои) отч[её]ты?[.!?]*$|^(?:i )?(?:have not|haven.t|did not|didn.t) (?:get|got|receive|received)(?: (?:the|my))? reports?[.!?]*$/iu

/** Shows admins what has left and what has not, and sends people their own reports again. */
export function createLedger(options: LedgerOptions): Ledger {
  const showOwn = async (ctx: BotContext) => say(ctx, await ownPage(ctx, 0, options))
  return {
    async answer(ctx, text) {
      if (!ctx.isPrivate || !asksForReport.test(text.trim())) return false
      await showOwn(ctx)
      return true
    },
    feature: {
      name: 'ledger',
      right: 'keep_own',
      declares: Object.values(actions),
      commands: [
        { name: 'reports', description: inEachLanguage(texts, (words) => words.ownCommand), handle: showOwn },
        {
          name: 'deliveries',
          right: 'inspect_deliveries',
          description: inEachLanguage(texts, (words) => words.command),
          handle: async (ctx) => say(ctx, await ledgerPage(ctx, { filter: 'all', page: 0 }, options)),
        },
      ],
      actions: [
        ...withRight('inspect_deliveries', [
          actions.showLedger.handle(async (ctx, place) => edit(ctx, await ledgerPage(ctx, place, options))),
        ]),
        actions.listOwnReports.handle(async (ctx, { page }) => edit(ctx, await ownPage(ctx, page, options))),
        actions.sendReportAgain.handle((ctx, { reportId }) => sendAgain(ctx, { reportId, channel: 'telegram' })),
        actions.mailReportAgain.handle((ctx, { reportId }) => sendAgain(ctx, { reportId, channel: 'email' })),
      ],
    },
  }
}

interface Place {
  readonly filter: deliveryLedger.LedgerFilter
  readonly page: number
}

async function ledgerPage(ctx: BotContext, { filter, page }: Place, options: LedgerOptions): Promise<View> {
  const found = await deliveryLedger.listLedger(ctx.tx, { filter, offset: page * pageSize, limit: pageSize })
  return ledgerView({ ...found, page, filter }, readingOf(ctx, options))
}

async function ownPage(ctx: BotContext, page: number, options: LedgerOptions): Promise<View> {
  const place = { offset: page * pageSize, limit: pageSize }
  return ownReportsView(
    { ...(await deliveryLedger.listOwnReports(ctx.tx, ctx.person.id, place)), page },
    readingOf(ctx, options),
  )
}

async function sendAgain(
  ctx: BotContext,
  { reportId, channel }: { readonly reportId: number; readonly channel: 'telegram' | 'email' },
): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  const queued = await deliveryLedger.sendAgain(tx, { reportId, personId: person.id, channel })
  if (queued === 'gone') return ctx.toast(words.gone)
  if (queued === 'sent_just_now') return ctx.toast(words.sentJustNow)
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'report.sent_again',
    object: `report:${reportId}`,
    details: { channel },
  })
  enqueueDeliveries(tx, queued)
  ctx.toast(channel === 'email' ? words.mailedAgain : words.sentAgain)
}

function readingOf({ language, person, now }: BotContext, { zone }: LedgerOptions): Reading {
  return { language, zone: person.zone ?? zone, now }
}
