import { createDirectoryCache } from '@atermtrack/data'
import type { AccessPolicy, Slot } from '@atermtrack/domain'
import { createAnnotating } from '../documents/annotating.ts'
import type { Feature, Handle } from '../routing/feature.ts'
import { createAccess } from './access/access.ts'
import { createAdminMenu } from './admin-menu/admin-menu.ts'
import { createAlerts } from './alerts/alerts.ts'
import { createAttention } from './attention/attention.ts'
import { createAudit } from './audit/audit.ts'
import { createBroadcast } from './broadcast/broadcast.ts'
import { type ChangesSettings, createChanges } from './changes/changes.ts'
import { createChecks } from './checks/checks.ts'
import { createCompanies } from './companies/companies.ts'
import { createConfig } from './config/config.ts'
import { createEmail } from './email/email.ts'
import { createExports } from './exports/exports.ts'
import { createFailures } from './failures/failures.ts'
import { createForecast } from './forecast/forecast.ts'
import { createAdmission, type Admission } from './groups/admission.ts'
import { createGroups } from './groups/groups.ts'
import { createGroupQuiet } from './groups/quiet-hours.ts'
import { createHealth } from './health/health.ts'
import type { Probes } from './health/probes.ts'
import { createLateRegister } from './late-register/late-register.ts'
import { createLedger } from './ledger/ledger.ts'
import { createLookup } from './lookup/lookup.ts'
import { createMailLists } from './mail-lists/mail-lists.ts'
import { createPeople } from './people/people.ts'
import { withPrivacy } from './privacy/before-access.ts'
import { createPrivacy } from './privacy/privacy.ts'
import { createProvenance } from './provenance/provenance.ts'
import { createClientAnswer } from './question/answer-client.ts'
import { createQuestion } from './question/answer-question.ts'
import { createSearch } from './search/search.ts'
import { createSettings } from './settings/settings.ts'
import { createInline, type Inline } from './share/inline.ts'
import { createShare } from './share/share.ts'
import { createStart, type Greetings } from './start/start.ts'
import { createStats } from './stats/stats.ts'
import { createForcedReports } from './subscriptions/ordering/force.ts'
import { answerReportRequest } from './subscriptions/ordering/on-demand.ts'
import { createSubscriptions } from './subscriptions/subscriptions.ts'
import { createSubscriptionTargets } from './subscriptions/sharing/targets.ts'
import { createTerminals } from './terminals/terminals.ts'
import { createTrains } from './trains/trains.ts'
import { createUnknownDeliveries } from './unknown-deliveries/unknown-deliveries.ts'
import { createWorkbooks } from './workbooks/workbooks.ts'

/** The dependencies of the features. */
export interface FeatureParts {
  /** Decides who may use the bot, and which containers they see. */
  readonly policy: AccessPolicy
  /** False without a mail server. */
  readonly isEmailOn: boolean
  readonly scheduleZone: string
  readonly view: ChangesSettings
  readonly offeredTimes: readonly Slot[]
  readonly greetings: Greetings
  readonly probes: Probes
}

/** All handlers of the bot. */
export interface Composition {
  readonly features: readonly Feature[]
  /** Answers every message that no feature claims. */
  readonly question: Handle
  /** Answers people without access; no other handler does. */
  readonly turnAway: Handle
  /** Answers what people type in other chats. */
  readonly inline: Inline
  /** Decides about groups. */
  readonly admission: Admission
}

/**
 * Combines the features in the order in which Telegram lists their commands. A new feature is a folder of its own and a line
 * here.
 */
export function composeFeatures(parts: FeatureParts): Composition {
  const { policy, isEmailOn, scheduleZone: zone, view, greetings, probes } = parts
  const access = createAccess({ policy })
  const lookup = createLookup({ settings: view, scheduleZone: zone })
  const findDirectory = createDirectoryCache()
  const search = createSearch({ settings: view, findDirectory })
  const trains = createTrains({ settings: view })
  const terminals = createTerminals({ settings: view, lookup })
  const attention = createAttention({ settings: view, findDirectory })
  const privacy = createPrivacy({ zone })
  const lateRegister = createLateRegister({ sourceZone: view.sourceZone, scheduleZone: zone })
  const ledger = createLedger({ zone })
  const question = createQuestion({
    lookup,
    search,
    trains,
    terminals: terminals.answer,
    clients: createClientAnswer({ lookup, settings: view, findDirectory }),
    lateRegister: lateRegister.answer,
    ledger: ledger.answer,
    attention: attention.answer,
    changes: createChanges({ settings: view, findDirectory }).answer,
    reports: (ctx, text) => answerReportRequest(ctx, text, zone),
  })
  const features: readonly Feature[] = [
    createStart({ greetings, ask: question.ask }),
    access.feature,
    createCompanies({ policy, settings: view }),
    createPeople({ policy, zone }),
    createGroups(),
    lookup.feature,
    search.feature,
    trains.feature,
    terminals.feature,
    createShare({ settings: view }),
    attention.feature,
    createSubscriptions({ zone, policy, standingAfterMinutes: view.standingAfterMinutes }),
    createSubscriptionTargets(),
    createGroupQuiet({ zone }),
    createForcedReports({ policy }),
    lateRegister.feature,
    ledger.feature,
    createAlerts({ settings: view }),
    createSettings({ zone }),
    privacy,
    createEmail({ isOn: isEmailOn }),
    ...createAdminFeatures({ policy, isEmailOn, zone, probes, view }),
    createAnnotating(),
  ]
  return {
    features: [...features, createAdminMenu(features)],
    question: question.handle,
    turnAway: withPrivacy(privacy, access.turnAway),
    inline: createInline({ settings: view }),
    admission: createAdmission({ policy }),
  }
}

interface AdminParts extends Pick<FeatureParts, 'policy' | 'isEmailOn' | 'probes' | 'view'> {
  readonly zone: string
}

/** The features of admins and operators, in the order of their commands. */
function createAdminFeatures({ policy, isEmailOn, zone, probes, view }: AdminParts): readonly Feature[] {
  const { sourceZone, staleAfterMinutes } = view
  return [
    createBroadcast({ policy, zone }),
    createMailLists({ isOn: isEmailOn }),
    createUnknownDeliveries({ zone }),
    createForecast({ zone }),
    createStats({ zone }),
    createExports({ sourceZone, scheduleZone: zone }),
    createWorkbooks({ zone }),
    createProvenance({ settings: view }),
    createHealth({ probes, zone, staleAfterMinutes }),
    createFailures({ zone }),
    createChecks({ policy, isEmailOn, zone, sourceZone }),
    createAudit({ zone }),
    createConfig({ zone }),
  ]
}
