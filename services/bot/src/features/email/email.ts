import { createHash, randomInt } from 'node:crypto'
import { deliveries, type EmailAddress, emailAddresses } from '@atermtrack/data'
import { emailTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { deliveryPriority, sendEmail } from '@atermtrack/queue'
import { z } from 'zod'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature, Handle } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { addressStep, codeStep, emailNameStep } from './steps.ts'
import { addressView, emailView, removeView } from './views.ts'

export interface EmailOptions {
  /** False without a mail server. */
  readonly isOn: boolean
}

const validMinutes = 10
const tries = 5
const mostCodesPerHour = 3
const longestAddress = 254
const address = z.email().max(longestAddress)
const longestName = 40

/** A person's own addresses, each verified by a code that is mailed to it. */
export function createEmail({ isOn }: EmailOptions): Feature {
  const whenOn =
    (handle: Handle): Handle =>
    async (ctx) =>
      isOn ? handle(ctx) : ctx.say(texts[ctx.language].off)
  const show = whenOn(async (ctx) => say(ctx, await listView(ctx)))
  return {
    name: 'email',
    right: 'keep_own',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [{ name: 'email', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    menu: { email: show },
    actions: [
      actions.showEmail.handle(async (ctx, { id }) =>
        id === undefined ? edit(ctx, await listView(ctx)) : edit(ctx, await cardOf(ctx, await findOwn(ctx, id))),
      ),
      actions.askAddress.handle(whenOn(askAddress)),
      actions.askCode.handle(async (ctx, { id }) => whenOn(async () => openCode(ctx, id))(ctx)),
      actions.askEmailName.handle(withOwn(askName)),
      actions.pauseEmail.handle(withOwn(async (ctx, own) => setPaused(ctx, own, true))),
      actions.resumeEmail.handle(withOwn(async (ctx, own) => setPaused(ctx, own, false))),
      actions.tryEmailAgain.handle(withOwn(tryAgain)),
      actions.askToRemoveEmail.handle(withOwn(async (ctx, own) => edit(ctx, removeView(own, ctx.language)))),
      actions.removeEmail.handle(withOwn(remove)),
    ],
    dialogs: [addressStep.handle(whenOn(acceptAddress)), codeStep.handle(acceptCode), emailNameStep.handle(acceptName)],
  }
}

/** A button without an address is of the time when there was one: it means the only one. */
async function findOwn({ tx, person }: BotContext, id: number | undefined): Promise<EmailAddress | undefined> {
  if (id !== undefined) return emailAddresses.find(tx, { id, personId: person.id })
  const own = await emailAddresses.list(tx, person.id)
  return own.length === 1 ? own[0] : undefined
}

/** Restricts a button to the person's own addresses. */
function withOwn(press: (ctx: BotContext, own: EmailAddress) => Promise<void>) {
  return async (ctx: BotContext, { id }: { readonly id?: number | undefined }) => {
    const own = await findOwn(ctx, id)
    if (own) return press(ctx, own)
    answerOutdated(ctx)
    edit(ctx, await listView(ctx))
  }
}

async function askAddress(ctx: BotContext): Promise<void> {
  const words = texts[ctx.language]
  const own = await emailAddresses.list(ctx.tx, ctx.person.id)
  if (own.length >= emailAddresses.mostAddresses) return ctx.say(words.full(emailAddresses.mostAddresses))
  await ctx.saveDialog(addressStep, {})
  ctx.say(words.askAddress)
}

async function openCode(ctx: BotContext, id: number | undefined): Promise<void> {
  await ctx.saveDialog(codeStep, { id })
  ctx.say(texts[ctx.language].askCode)
}

async function acceptAddress(ctx: BotContext): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  const { data } = address.safeParse(textOf(ctx))
  if (data === undefined) return ctx.say(words.badAddress)
  if ((await emailAddresses.countRecentCodes(tx, person.id)) >= mostCodesPerHour) {
    await ctx.leaveDialog()
    return ctx.say(words.tooMany)
  }
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const proof = { personId: person.id, address: data, codeHash: hash(person.id, code), minutes: validMinutes, tries }
  const stored = await emailAddresses.startProof(tx, proof)
  if (!stored) {
    await ctx.leaveDialog()
    return ctx.say(words.full(emailAddresses.mostAddresses))
  }
  const mail = { kind: 'code' as const, emailAddressId: stored.id, personId: person.id, subject: words.mailSubject }
  const { id } = await deliveries.insertEmail(tx, { ...mail, text: words.mailText(code) })
  tx.enqueue(sendEmail, { deliveryId: id }, { priority: deliveryPriority.code })
  await ctx.saveDialog(codeStep, { id: stored.id })
  ctx.say(words.sent(data))
}

async function acceptCode(ctx: BotContext, { id }: { readonly id?: number | undefined }): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  const code = textOf(ctx).replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return ctx.say(words.askCode)
  const proof = await emailAddresses.tryCode(tx, { personId: person.id, id }, hash(person.id, code))
  if (proof.kind === 'wrong') return ctx.say(words.wrongCode)
  await ctx.leaveDialog()
  ctx.say(proof.kind === 'verified' ? words.done : words.expiredCode)
}

async function askName(ctx: BotContext, own: EmailAddress): Promise<void> {
  await ctx.saveDialog(emailNameStep, { id: own.id })
  ctx.say(texts[ctx.language].askName(own.address))
}

async function acceptName(ctx: BotContext, { id }: { readonly id: number }): Promise<void> {
  const { tx, person, language } = ctx
  const name = textOf(ctx).replaceAll(/\s+/gu, ' ')
  if (name === '' || name.length > longestName) return ctx.say(texts[language].badName)
  await ctx.leaveDialog()
  say(ctx, await cardOf(ctx, await emailAddresses.rename(tx, { id, personId: person.id, name })))
}

async function setPaused(ctx: BotContext, { id }: EmailAddress, isPaused: boolean): Promise<void> {
  const { tx, person, language } = ctx
  const changed = await emailAddresses.setUnsubscribed(tx, { id, personId: person.id }, isPaused)
  ctx.toast(isPaused ? texts[language].paused : texts[language].resumed)
  edit(ctx, await cardOf(ctx, changed))
}

async function tryAgain(ctx: BotContext, { id }: EmailAddress): Promise<void> {
  const { tx, person, language } = ctx
  const changed = await emailAddresses.tryAgain(tx, { id, personId: person.id })
  ctx.toast(texts[language].resumed)
  edit(ctx, await cardOf(ctx, changed))
}

async function remove(ctx: BotContext, { id }: EmailAddress): Promise<void> {
  await emailAddresses.remove(ctx.tx, { id, personId: ctx.person.id })
  ctx.toast(texts[ctx.language].removed)
  edit(ctx, await listView(ctx))
}

async function listView({ tx, person, language }: BotContext): Promise<View> {
  return emailView(await emailAddresses.list(tx, person.id), language)
}

/** The card of an address with a way back to the others; the list when it is gone. */
async function cardOf(ctx: BotContext, own: EmailAddress | undefined): Promise<View> {
  return own ? addressView(own, ctx.language, { isOneOfMany: true }) : listView(ctx)
}

/** The person is part of the hash, so that equal codes of two persons differ. */
function hash(personId: number, code: string): Buffer {
  return createHash('sha256').update(`${personId}:${code}`).digest()
}

function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text.trim() : ''
}
