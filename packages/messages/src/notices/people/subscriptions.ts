import { type ChangedSubscription, clipText, subscriptionChanges } from '@atermtrack/domain'
import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { bold, code, escapeHtml, escapeWhole } from '../../format/html.ts'
import { whyNotAnnotated } from './reports.ts'
import { button, defineNotice, instant, type NoticeButton, rowId } from '../notice.ts'

const mostNamed = 20
const mostChanged = 15
const mostOpened = 3

/** In place of a report: what the subscription is about holds no container now. */
export const reportEmpty = defineNotice(z.object({ name: z.string().optional() }), ({ name }, { language }) => ({
  html: escapeWhole(catalogue[language].subscriptionNotices.empty(name)),
}))

/** To the owner of a list: containers have left it some days after the end of their trips, or are back with another trip. */
export const listChanged = defineNotice(
  z.object({
    subscriptionId: rowId,
    name: z.string(),
    left: z.array(z.string()),
    back: z.array(z.string()),
    changedAt: instant,
  }),
  ({ subscriptionId, name, left, back, changedAt }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    const named = (numbers: readonly string[]) => [
      numbers.slice(0, mostNamed).map(code).join(', '),
      ...(numbers.length > mostNamed ? [words.more(numbers.length - mostNamed)] : []),
    ]
    return {
      html: [
        words.listTitle(bold(name)),
        ...(left.length > 0 ? [words.left(left.length), ...named(left)] : []),
        ...(back.length > 0 ? [words.back(back.length), ...named(back)] : []),
      ].join('\n'),
      buttons: [
        ...(left.length > 0 ? [[button(words.putBack, 'sub-put-back', subscriptionId, changedAt.getTime())]] : []),
        [button(words.open, 'sub-view', subscriptionId)],
      ],
    }
  },
)

/** To a colleague: somebody wants to send them the reports of a subscription. */
export const colleagueAsked = defineNotice(
  z.object({
    targetId: rowId,
    name: z.string(),
    owner: z.string(),
    /** Local times of day. */
    slots: z.array(z.string()),
  }),
  ({ targetId, name, owner, slots }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    return {
      html: words.asked(escapeHtml(owner), bold(name), slots.join(', ')),
      buttons: [[button(words.accept, 'sub-accept', targetId), button(words.decline, 'sub-decline', targetId)]],
    }
  },
)

/** To the owner of a subscription: the colleague has accepted or declined its reports. */
export const colleagueAnswered = defineNotice(
  z.object({ name: z.string(), colleague: z.string(), hasAccepted: z.boolean() }),
  ({ name, colleague, hasAccepted }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    return { html: (hasAccepted ? words.accepted : words.declined)(escapeHtml(colleague), bold(name)) }
  },
)

/** To the owner of a subscription: the file that they sent is the template of its reports now. */
export const templateStored = defineNotice(
  z.object({ subscriptionId: rowId, name: z.string(), fileName: z.string() }),
  ({ subscriptionId, name, fileName }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    return {
      html: words.templateStored(bold(name), escapeHtml(fileName)),
      buttons: [[button(words.rehearse, 'sub-try', subscriptionId), button(words.open, 'sub-view', subscriptionId)]],
    }
  },
)

/** To the owner of a subscription: its template cannot be filled, and the report went out as usual. */
export const templateFailed = defineNotice(
  z.object({ subscriptionId: rowId, name: z.string(), fileName: z.string(), reason: z.string() }),
  ({ subscriptionId, name, fileName, reason }, { language }) => {
    const words = catalogue[language].subscriptionNotices
    const why = reason === 'not_fillable' ? words.notFillable : whyNotAnnotated(reason, language)
    return {
      html: words.templateFailed(bold(name), escapeHtml(fileName), escapeHtml(why)),
      buttons: [[button(words.template, 'sub-template', subscriptionId)]],
    }
  },
)

/** The subscriptions of somebody that admins have changed, each with its changes. */
export const changedSubscriptions = z.object({
  subscriptions: z.array(
    z.object({ subscriptionId: rowId, name: z.string(), changes: z.array(z.enum(subscriptionChanges)) }),
  ),
})

/** To the owner of subscriptions that an admin has changed. */
export const subscriptionsChanged = defineNotice(changedSubscriptions, ({ subscriptions }, { language }) => {
  const words = catalogue[language].subscriptionNotices
  const [only] = subscriptions
  const rest = subscriptions.length - mostChanged
  const html =
    only && subscriptions.length === 1
      ? words.changedOne(bold(only.name), changesText(only, language))
      : [
          words.changedMany,
          ...subscriptions.slice(0, mostChanged).map((one) => `• ${bold(one.name)}: ${changesText(one, language)}`),
          ...(rest > 0 ? [words.more(rest)] : []),
        ].join('\n')
  return { html, buttons: subscriptions.slice(0, mostOpened).map((one) => [ownerButton(one, language)]) }
})

function changesText({ changes }: ChangedSubscription, language: Language): string {
  const words = catalogue[language].subscriptionNotices
  return changes.map((change) => words.changes[change]).join(', ')
}

function ownerButton({ subscriptionId, name, changes }: ChangedSubscription, language: Language): NoticeButton {
  const words = catalogue[language].subscriptionNotices
  return changes.includes('removed')
    ? button(words.restoreNamed(clipText(name, 24)), 'sub-restore', subscriptionId)
    : button(words.openNamed(clipText(name, 24)), 'sub-view', subscriptionId)
}
