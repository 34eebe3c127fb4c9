import { createDirectoryCache, people, peopleList, type Subscription, subscriptions } from '@atermtrack/data'
import { type AccessPolicy, nextDueAt, type Slot } from '@atermtrack/domain'
import { inEachLanguage, subscriptionsTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { createSubscriptionDialog, mostSubscriptions } from './creating/create-dialog.ts'
import { createOfferedSubjects } from './creating/choose-offered.ts'
import { createDraftActions, findDraftName } from './creating/drafts.ts'
import { createColumnActions } from './editing/columns.ts'
import { createItemActions } from './editing/items.ts'
import { createOnDemandActions } from './ordering/on-demand.ts'
import { recordForOwner, withEditable } from './for-owner.ts'
import { loadCard, withOwn } from './own.ts'
import { createSettingActions, createSubjectStep } from './editing/settings.ts'
import { createTemplateActions, createTemplateStep } from './editing/template.ts'
import {
  aboutStep,
  confirmStep,
  editStep,
  editSubjectStep,
  nameStep,
  numbersStep,
  templateStep,
  timesStep,
} from './steps.ts'
import { createTargetActions } from './sharing/targets.ts'
import { createTypedSettings } from './editing/typed-settings.ts'
import { listView, pageSize, removeView } from './views.ts'

export interface SubscriptionsOptions {
  /** Zone of the times of new subscriptions. */
  readonly zone: string
  readonly policy: AccessPolicy
  readonly standingAfterMinutes: number
}

/** A person's subscriptions, with reports at set times or on demand: what they are about, when and to whom they go. */
export function createSubscriptions({ zone, policy, standingAfterMinutes }: SubscriptionsOptions): Feature {
  const parts = { zone, policy, standingAfterMinutes, findDirectory: createDirectoryCache() }
  const dialog = createSubscriptionDialog(parts)
  const typed = createTypedSettings(policy)
  const steps = [nameStep, numbersStep, aboutStep, timesStep, confirmStep, editStep, editSubjectStep, templateStep]
  const show = async (ctx: BotContext) => {
    const { html, keyboard } = await loadPage(ctx, 0)
    ctx.say(html, { keyboard })
  }
  const description = inEachLanguage(texts, (words) => words.command)
  return {
    name: 'subscriptions',
    right: 'keep_own',
    declares: [...Object.values(actions), ...steps],
    commands: [{ name: 'subscriptions', description, handle: show }],
    menu: { subscriptions: show },
    actions: [
      ...dialog.actions,
      ...typed.actions,
      ...createDraftActions(parts),
      ...createSettingActions(policy),
      ...createOfferedSubjects(parts),
      ...createColumnActions(),
      ...createItemActions(),
      ...createOnDemandActions(policy),
      ...createTargetActions(),
      ...createTemplateActions(),
      actions.listSubscriptions.handle(async (ctx, { page, personId }) => {
        if (personId === undefined || personId === ctx.person.id) return edit(ctx, await loadPage(ctx, page))
        const owner = ctx.may('manage_people') ? await peopleList.find(ctx.tx, personId) : undefined
        return owner ? edit(ctx, await loadPage(ctx, page, personId)) : answerOutdated(ctx)
      }),
      actions.viewSubscription.handle(withEditable(async (ctx, own) => edit(ctx, await loadCard(ctx, own)))),
      actions.askToRemoveSubscription.handle(
        withEditable(async (ctx, own) => edit(ctx, removeView(own, ctx.language))),
      ),
      actions.removeSubscription.handle(withEditable(remove)),
      actions.restoreSubscription.handle((ctx, { subscriptionId }) => restore(ctx, subscriptionId)),
      actions.copySubscription.handle(withOwn(copy)),
    ],
    dialogs: [...dialog.dialogs, ...typed.dialogs, createSubjectStep(parts), createTemplateStep()],
  }
}

/** The subscriptions of the person, or for an admin those of an owner. A number beyond the last page shows the last page. */
async function loadPage(ctx: BotContext, asked: number, ownerId = ctx.person.id): Promise<View> {
  const { tx, language } = ctx
  const load = (page: number) => subscriptions.list(tx, ownerId, { offset: page * pageSize, limit: pageSize })
  const isOwn = ownerId === ctx.person.id
  const whose = isOwn ? { draft: await findDraftName(ctx) } : { draft: undefined, owner: await people.get(tx, ownerId) }
  const found = await load(asked)
  if (found.rows.length > 0 || asked === 0) return listView({ ...found, page: asked, ...whose }, language)
  const total = await subscriptions.count(tx, ownerId)
  const lastPage = Math.max(0, Math.ceil(total / pageSize) - 1)
  return listView({ ...(await load(lastPage)), page: lastPage, ...whose }, language)
}

async function remove(ctx: BotContext, edited: Subscription): Promise<void> {
  const words = texts[ctx.language]
  const { id, personId } = edited
  const name = await subscriptions.remove(ctx.tx, id, personId)
  if (name !== undefined) {
    await recordForOwner(ctx, edited, ['removed'])
    ctx.toast(words.removed(name))
  }
  const { html, keyboard } = await loadPage(ctx, 0, personId)
  const undo = [actions.restoreSubscription.button(words.buttons.restore, { subscriptionId: id })]
  ctx.edit(html, {
    keyboard: { inline_keyboard: [...keyboard.inline_keyboard, ...(name === undefined ? [] : [undo])] },
  })
}

/** Takes a deletion back. Slots that were missed stay missed. */
async function restore(ctx: BotContext, id: number): Promise<void> {
  const { tx, person, now, language } = ctx
  const removed = await subscriptions.findRemoved(tx, id, ctx.may('manage_people') ? undefined : person.id)
  if (!removed) return answerOutdated(ctx)
  const due = nextDueAt({ ...removed, slots: removed.slots as readonly string[] as readonly Slot[], now })
  const name = due && (await subscriptions.restore(tx, id, removed.personId, due))
  if (name === undefined) return answerOutdated(ctx)
  await recordForOwner(ctx, { id, personId: removed.personId, name }, ['restored'])
  ctx.toast(texts[language].restored(name))
  edit(ctx, await loadPage(ctx, 0, removed.personId))
}

async function copy(ctx: BotContext, { id, name }: Subscription): Promise<void> {
  const { tx, person, updateId, language } = ctx
  const words = texts[language]
  if ((await subscriptions.count(tx, person.id)) >= mostSubscriptions) return ctx.toast(words.full50)
  const copied = await subscriptions.copy(tx, id, person.id, { name: words.copyName(name), createdUpdateId: updateId })
  const own = copied && (await subscriptions.find(tx, copied.id, person.id))
  if (!own) return answerOutdated(ctx)
  ctx.toast(words.copied(own.name))
  edit(ctx, await loadCard(ctx, own))
}
