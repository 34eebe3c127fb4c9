import { chatUsage, type Person, type PersonCard, personCard } from '@atermtrack/data'
import { type Access, accessOf, type AccessPolicy, rightsLock } from '@atermtrack/domain'
import {
  auditTexts,
  escapeHtml,
  formatExact,
  type Language,
  languageName,
  languageOf,
  ledgerTexts,
  membersTexts as texts,
  personLine,
  zoneName,
} from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import type { Pressed } from '../../routing/action.ts'
import type { View } from '../../routing/view.ts'
import { listSubscriptions } from '../subscriptions/actions.ts'
import * as actions from './actions.ts'

const shownDeliveries = 3
const undelivered = ['failed', 'blocked', 'unknown']

/** The list from which a card was opened. */
export type WayBack = Partial<Pick<Pressed<typeof actions.viewPerson.parameters>, 'back' | 'page'>>

export interface CardReading {
  readonly admin: Person
  readonly policy: AccessPolicy
  readonly language: Language
  readonly zone: string
  readonly now: Date
  readonly wayBack: WayBack
}

/** What is known about somebody, with the buttons for what an admin can do about it. */
export function cardView(card: PersonCard, reading: CardReading): View {
  const { language, policy, admin } = reading
  const words = texts[language]
  const access = accessOf(card, policy)
  const lock = rightsLock(card, admin, policy)
  const lines = [
    personLine(card),
    ...accessLines(card, access, reading),
    ...(lock === undefined ? [] : [lock === 'own' ? words.own : words.named]),
    ...(card.about === null ? [] : [words.about(card.about)]),
    '',
    words.speaks(
      languageName(languageOf(card.language)),
      card.zone === null ? words.noZone : escapeHtml(zoneName(card.zone, language)),
    ),
    ...seenLines(card, reading),
    card.unreachableSince === null ? words.reachable : words.unreachable(formatExact(card.unreachableSince, reading)),
    words.subscriptions(card.subscriptions),
    words.lookups(card.lookups.ofWeek, card.lookups.ofMonth),
    words.mail(card.getsMail),
    '',
    ...deliveryLines(card, reading),
  ]
  return { html: lines.join('\n'), keyboard: { inline_keyboard: buttonsOf(card, access, { ...reading, lock }) } }
}

/** Somebody whom an admin has let in by their number may be known without ever having written. */
function seenLines({ metAt, lastSeenAt }: PersonCard, reading: CardReading): readonly string[] {
  const words = texts[reading.language]
  const met = words.met(formatExact(metAt, reading))
  if (lastSeenAt !== null) return [met, words.seen(formatExact(lastSeenAt, reading))]
  const daysKnown = (reading.now.getTime() - metAt.getTime()) / 86_400_000
  return daysKnown < chatUsage.activityDays ? [words.neverSeen] : [met, words.notSeen]
}

function accessLines(card: PersonCard, access: Access, reading: CardReading): readonly string[] {
  const words = texts[reading.language]
  return [roleLine(card, access, reading), ...card.decisions.map((one) => decisionLine(one, reading))].concat(
    access.kind === 'allowed' && card.isCompanyRemoved ? [words.stranded] : [],
  )
}

function roleLine(card: PersonCard, access: Access, reading: CardReading): string {
  const words = texts[reading.language]
  if (access.kind === 'waiting') return words.access.waiting(formatExact(card.requestedAt ?? card.metAt, reading))
  if (access.kind === 'declined' || access.kind === 'removed') return words.access[access.kind]
  if (access.kind !== 'allowed') return words.access.stranger
  const sight = card.companyName === null ? words.noCompany : words.company(card.companyName)
  const role = [words.role[access.role], ...(access.role === 'viewer' ? [sight] : [])].join(', ')
  const isGuest = card.access !== 'granted' && access.role === 'viewer'
  return isGuest ? `${role}; ${words.access.open}` : role
}

function decisionLine({ at: when, action, actorName, command }: PersonCard['decisions'][number], reading: CardReading) {
  const audit = auditTexts[reading.language]
  const byCommand = command === null ? audit.somebodyGone : audit.commandLine(command)
  // A release that knows more actions may have written it.
  const what = (audit.actions as Readonly<Record<string, string>>)[action] ?? action
  return texts[reading.language].decision(
    formatExact(when, reading),
    audit.entry(escapeHtml(actorName ?? byCommand), what),
  )
}

function deliveryLines({ deliveries }: PersonCard, reading: CardReading): readonly string[] {
  const words = texts[reading.language]
  const { states, kinds } = ledgerTexts[reading.language]
  if (deliveries.length === 0) return [words.noDeliveries]
  const failed = deliveries.filter(({ status }) => undelivered.includes(status))
  const line = ({ status, kind, channel, error, at: when }: PersonCard['deliveries'][number]) => {
    const why = error === null || !undelivered.includes(status) ? '' : `, ${escapeHtml(error, 80)}`
    return `${states[status]} ${kinds[kind]}${channel === 'email' ? ', e-mail' : ''}, ${formatExact(when, reading)}${why}`
  }
  const newestFailed = failed.slice(0, 1).filter((one) => !deliveries.slice(0, shownDeliveries).includes(one))
  return [
    words.deliveriesTitle,
    ...deliveries.slice(0, shownDeliveries).map(line),
    ...(failed.length === 0
      ? []
      : [words.failures(failed.length, Math.min(deliveries.length, personCard.recentDeliveries))]),
    ...newestFailed.map(line),
  ]
}

function buttonsOf(
  { id: personId, companyId, subscriptions, unreachableSince }: PersonCard,
  access: Access,
  { lock, language, wayBack }: CardReading & { readonly lock: ReturnType<typeof rightsLock> },
): InlineKeyboardButton[][] {
  const words = texts[language]
  const { buttons } = words
  const isIn = access.kind === 'allowed'
  const isOut = access.kind === 'declined' || access.kind === 'removed'
  const rights = [
    actions.offerRights.button(isIn ? buttons.rights : buttons.letIn, { personId }),
    ...(isOut ? [] : [actions.askToDismiss.button(isIn ? words.dismissButton : buttons.deny, { personId })]),
  ]
  const canBeWrittenTo = lock !== 'own' && unreachableSince === null
  return [
    ...(lock === undefined ? [rights] : []),
    [
      listSubscriptions.button(buttons.subscriptions(subscriptions), { page: 0, personId }),
      ...(canBeWrittenTo ? [actions.writeToPerson.button(buttons.write, { personId })] : []),
    ],
    [backButton(companyId, wayBack, words.toList)],
  ]
}

function backButton(companyId: number | null, { back = 'all', page = 0 }: WayBack, text: string): InlineKeyboardButton {
  if (back === 'found') return actions.turnFound.button(text, { page })
  // Of the company that the person belongs to by now.
  if (back === 'company') return actions.listPeople.button(text, { companyId: companyId ?? undefined, page })
  return actions.browsePeople.button(text, { filter: back, page })
}
