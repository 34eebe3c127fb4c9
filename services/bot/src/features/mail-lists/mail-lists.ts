import { audit, type MailList, type MailListChange, mailLists } from '@atermtrack/data'
import { mostMailListParts, readMailListField, readMailListName } from '@atermtrack/domain'
import { inEachLanguage, mailListsTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf } from '../../routing/dialog-step.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import { sendTestMail } from './send-test-mail.ts'
import * as steps from './steps.ts'
import { mailListFieldStep, mailListNameStep } from './steps.ts'
import { askView, cardView, kindsView, listView, removeView } from './views.ts'

export interface MailListsOptions {
  /** False without a mail server. */
  readonly isOn: boolean
}

/** Admins keep lists of addresses that get mails about events. */
export function createMailLists(options: MailListsOptions): Feature {
  return {
    name: 'mail-lists',
    right: 'manage_mail_lists',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'mail_lists',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, await loadList(ctx, 0, options)),
      },
    ],
    actions: [
      actions.showMailLists.handle(async (ctx, { page }) => edit(ctx, await loadList(ctx, page, options))),
      actions.addMailList.handle((ctx) => askName(ctx)),
      actions.openMailList.handle(
        ofList(async (ctx, it) => {
          await leaveField(ctx)
          edit(ctx, cardView(it, ctx.language))
        }),
      ),
      actions.askMailListField.handle(
        ofList(async (ctx, it, { field }) => (field === 'name' ? askName(ctx, it.id) : askField(ctx, it, field))),
      ),
      actions.emptyMailListField.handle(
        ofList(async (ctx, it, { field }) => {
          await leaveField(ctx)
          const list = await change(ctx, it.id, { [field]: [] })
          if (list) edit(ctx, cardView(list, ctx.language))
        }),
      ),
      actions.chooseMailListKinds.handle(ofList(async (ctx, it) => edit(ctx, kindsView(it, ctx.language)))),
      actions.toggleMailListKind.handle(ofList(toggleKind)),
      actions.testMailList.handle(
        ofList(async (ctx, it) => (options.isOn ? sendTestMail(ctx, it.id) : ctx.toast(texts[ctx.language].off))),
      ),
      actions.askToRemoveMailList.handle(ofList(async (ctx, it) => edit(ctx, removeView(it, ctx.language)))),
      actions.removeMailList.handle(ofList((ctx, it) => remove(ctx, it, options))),
    ],
    dialogs: [mailListNameStep.handle(acceptName), mailListFieldStep.handle(acceptField)],
  }
}

/** Restricts a button to a list that still exists. */
function ofList<P>(press: (ctx: BotContext, list: MailList, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly listId: number }): Promise<void> => {
    const list = await mailLists.find(ctx.tx, pressed.listId)
    return list ? press(ctx, list, pressed) : answerOutdated(ctx)
  }
}

async function loadList({ tx, language }: BotContext, page: number, { isOn }: MailListsOptions): Promise<View> {
  return listView(await mailLists.list(tx), { page, isOn, language })
}

/** Without an id, the name is for a new list. */
async function askName(ctx: BotContext, listId?: number): Promise<void> {
  await ctx.saveDialog(mailListNameStep, { listId })
  ctx.say(texts[ctx.language].askName)
}

async function askField(ctx: BotContext, list: MailList, field: 'addresses' | 'clients' | 'trains'): Promise<void> {
  await ctx.saveDialog(mailListFieldStep, { listId: list.id, field })
  say(ctx, askView(list, field, ctx.language))
}

/** A button that goes on takes the place of the text that was asked for; dialogs of other features stay. */
async function leaveField(ctx: BotContext): Promise<void> {
  if (mailListFieldStep.read(ctx.dialog?.state)) await ctx.leaveDialog()
}

async function acceptName(ctx: BotContext, { listId }: StateOf<typeof mailListNameStep>): Promise<void> {
  const { tx, language } = ctx
  const words = texts[language]
  const name = readMailListName(textOf(ctx))
  if (name === undefined) return ctx.say(words.badName)
  await ctx.leaveDialog()
  if (listId !== undefined) return sayChanged(ctx, listId, { name })
  const added = await mailLists.insert(tx, name)
  const list = added && (await mailLists.find(tx, added.id))
  if (!list) return ctx.say(words.full(mailLists.mostLists))
  await record(ctx, list.id, 'added')
  // A list without addresses is for nothing: they come next.
  await askField(ctx, list, 'addresses')
}

async function acceptField(ctx: BotContext, { listId, field }: StateOf<typeof mailListFieldStep>): Promise<void> {
  const { language } = ctx
  const words = texts[language]
  const read = readMailListField(field, textOf(ctx))
  if (read.kind === 'bad') return ctx.say(words.bad[field](read.part))
  if (read.kind === 'too_many') return ctx.say(words.tooMany(mostMailListParts))
  // A field is emptied by its button, not by a message without a text.
  if (read.kind === 'none' || read.parts.length === 0) return ctx.say(words.ask[field])
  await ctx.leaveDialog()
  await sayChanged(ctx, listId, { [field]: read.parts })
}

async function toggleKind(
  ctx: BotContext,
  { id, eventKinds: chosen }: MailList,
  { kind }: { readonly kind: string },
): Promise<void> {
  const eventKinds = chosen.includes(kind) ? chosen.filter((other) => other !== kind) : [...chosen, kind]
  if (eventKinds.length === 0) return ctx.toast(texts[ctx.language].lastKind)
  const list = await change(ctx, id, { eventKinds })
  if (list) edit(ctx, kindsView(list, ctx.language))
}

async function sayChanged(ctx: BotContext, id: number, changes: MailListChange): Promise<void> {
  const list = await change(ctx, id, changes)
  if (!list) return ctx.say(texts[ctx.language].gone)
  say(ctx, cardView(list, ctx.language))
}

async function change(ctx: BotContext, id: number, changes: MailListChange): Promise<MailList | undefined> {
  const list = await mailLists.change(ctx.tx, id, changes)
  if (list) await record(ctx, id, 'changed', mailLists.detailsOf(changes))
  return list
}

async function remove(ctx: BotContext, { id, name }: MailList, options: MailListsOptions): Promise<void> {
  if (await mailLists.remove(ctx.tx, id)) {
    await record(ctx, id, 'removed')
    ctx.toast(texts[ctx.language].removed(name))
  }
  edit(ctx, await loadList(ctx, 0, options))
}

async function record(
  ctx: BotContext,
  id: number,
  what: 'added' | 'changed' | 'removed',
  details: audit.AuditDetails = {},
): Promise<void> {
  await audit.insert(ctx.tx, { ...ctx.actor, action: `mail_list.${what}`, object: `mail_list:${id}`, details })
}
