import { createHash, randomInt } from 'node:crypto'
import { deliveries, emailAddresses } from '@atermtrack/data'
import { emailTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { deliveryPriority, sendEmail } from '@atermtrack/queue'
import { z } from 'zod'
import type { BotContext } from '../../routing/context.ts'
import type { Feature, Handle } from '../../routing/feature.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { addressStep, codeStep } from './steps.ts'
import { emailView, removeView, type View } from './views.ts'

export interface EmailOptions {
  /** False without a mail server. */
  readonly isOn: boolean
}

const validMinutes = 10
const tries = 5
const mostCodesPerHour = 3
const longestAddress = 254
const address = z.email().max(longestAddress)

/** A person's own address, verified by a code that is mailed to it. */
export function createEmail({ isOn }: EmailOptions): Feature {
  const whenOn =
    (handle: Handle): Handle =>
    async (ctx) =>
      isOn ? handle(ctx) : ctx.say(texts[ctx.language].off)
  const show = whenOn(async (ctx) => {
    const { html, keyboard } = await currentView(ctx)
    ctx.say(html, { keyboard })
  })
  return {
    name: 'email',
    privateOnly: true,
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [{ name: 'email', description: inEachLanguage(texts, (words) => words.command), handle: show }],
    menu: { email: show },
    actions: [
      actions.showEmail.handle(async (ctx) => edit(ctx, await currentView(ctx))),
      actions.askAddress.handle(whenOn((ctx) => openStep(ctx, addressStep, texts[ctx.language].askAddress))),
      actions.askCode.handle(whenOn((ctx) => openStep(ctx, codeStep, texts[ctx.language].askCode))),
      actions.askToRemoveEmail.handle(askRemove),
      actions.removeEmail.handle(remove),
    ],
    dialogs: [addressStep.handle(whenOn(acceptAddress)), codeStep.handle(acceptCode)],
  }
}

async function openStep(ctx: BotContext, step: typeof codeStep, question: string): Promise<void> {
  await ctx.saveDialog(step, {})
  ctx.say(question)
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
  const { id: emailAddressId } = await emailAddresses.startProof(tx, proof)
  const mail = { kind: 'code' as const, emailAddressId, personId: person.id, subject: words.mailSubject }
  const { id } = await deliveries.insertEmail(tx, { ...mail, text: words.mailText(code) })
  tx.enqueue(sendEmail, { deliveryId: id }, { priority: deliveryPriority.code })
  await openStep(ctx, codeStep, words.sent(data))
}

async function acceptCode(ctx: BotContext): Promise<void> {
  const { tx, person, language } = ctx
  const words = texts[language]
  const code = textOf(ctx).replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(code)) return ctx.say(words.askCode)
  const proof = await emailAddresses.tryCode(tx, person.id, hash(person.id, code))
  if (proof === 'wrong') return ctx.say(words.wrongCode)
  await ctx.leaveDialog()
  ctx.say(proof === 'verified' ? words.done : words.expiredCode)
}

async function askRemove(ctx: BotContext): Promise<void> {
  const email = await emailAddresses.find(ctx.tx, ctx.person.id)
  edit(ctx, email ? removeView(email.address, ctx.language) : emailView(email, ctx.language))
}

async function remove(ctx: BotContext): Promise<void> {
  await emailAddresses.remove(ctx.tx, ctx.person.id)
  ctx.toast(texts[ctx.language].removed)
  edit(ctx, await currentView(ctx))
}

async function currentView({ tx, person, language }: BotContext): Promise<View> {
  return emailView(await emailAddresses.find(tx, person.id), language)
}

function edit(ctx: BotContext, { html, keyboard }: View): void {
  ctx.edit(html, { keyboard })
}

/** The person is part of the hash, so that equal codes of two persons differ. */
function hash(personId: number, code: string): Buffer {
  return createHash('sha256').update(`${personId}:${code}`).digest()
}

function textOf({ message }: BotContext): string {
  return message && 'text' in message ? message.text.trim() : ''
}
