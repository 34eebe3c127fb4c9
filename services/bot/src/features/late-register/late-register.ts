import { companies, lateRegister } from '@atermtrack/data'
import { newestMonth, readRegisterQuestion, toWall } from '@atermtrack/domain'
import { aboutRegister, inEachLanguage, lateRegisterTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import { enqueueReport } from '../lookup/order-workbook.ts'
import * as actions from './actions.ts'
import { companiesView, pageSize, registerView } from './views.ts'

export interface LateRegisterOptions {
  /** Zone of the railway's times, in which a month begins. */
  readonly sourceZone: string
  /** Zone of people who have chosen none. */
  readonly scheduleZone: string
}

export interface LateRegister {
  readonly feature: Feature
  /** Answers a text that asks for the register, of the trains that it names; false when it does not. */
  readonly answer: (ctx: BotContext, text: string, trainCodes: readonly string[]) => Promise<boolean>
}

/** Names of companies that are compared with what somebody wrote. */
const mostCompanies = 1_000

/** Sends registers of late deliveries when they are asked for, and keeps who wants them without asking. */
export function createLateRegister(options: LateRegisterOptions): LateRegister {
  return {
    answer: (ctx, text, trainCodes) => answer(ctx, text, { ...options, trainCodes }),
    feature: {
      name: 'late-register',
      right: 'ask',
      declares: Object.values(actions),
      commands: [
        {
          name: 'late',
          description: inEachLanguage(texts, (words) => words.command),
          handle: async (ctx) => say(ctx, await menuOf(ctx, undefined, options)),
        },
      ],
      actions: [
        actions.showRegister.handle(async (ctx, { companyId }) => edit(ctx, await menuOf(ctx, companyId, options))),
        actions.orderRegister.handle(async (ctx, { month, companyId }) => {
          const company = await findCompany(ctx, companyId)
          if (companyId !== undefined && !company) return answerOutdated(ctx)
          await order(ctx, { month, company })
          ctx.toast(texts[ctx.language].preparing)
        }),
        actions.chooseCompany.handle(async (ctx, { page }) => {
          if (!mayChoose(ctx)) return answerOutdated(ctx)
          edit(ctx, await companiesPage(ctx, page))
        }),
        actions.toggleWish.handle((ctx, { wish }) => toggle(ctx, wish, options)),
      ],
    },
  }
}

interface Asked extends LateRegisterOptions {
  readonly trainCodes: readonly string[]
}

async function answer(ctx: BotContext, text: string, { sourceZone, trainCodes, ...rest }: Asked): Promise<boolean> {
  const question = readRegisterQuestion(text, toWall(ctx.now, sourceZone).slice(0, 10))
  if (!question) return false
  const [trainCode] = trainCodes
  const { month, whom } = question
  const company = whom === undefined || !mayChoose(ctx) ? undefined : await findNamed(ctx, whom)
  if (whom !== undefined && mayChoose(ctx) && !company && trainCode === undefined) {
    say(ctx, await companiesPage(ctx, 0, whom))
    return true
  }
  if (month === undefined && trainCode === undefined) {
    say(ctx, await menuOf(ctx, company?.id, { sourceZone, ...rest }))
    return true
  }
  await order(ctx, { month, trainCode, company })
  ctx.say(texts[ctx.language].preparing)
  return true
}

interface Order {
  readonly month: string | undefined
  readonly trainCode?: string | undefined
  readonly company: { readonly id: number; readonly name: string } | undefined
}

async function order(ctx: BotContext, { month, trainCode, company }: Order): Promise<void> {
  const { tx, person, updateId, destination, language } = ctx
  const about = aboutRegister({ month, trainCode, company: company?.name }, language)
  const { id } = await lateRegister.insertAsked(tx, {
    personId: person.id,
    ...destination,
    updateId,
    name: texts[language].heading(about),
    month,
    trainCode,
    companyId: company?.id,
  })
  enqueueReport(ctx, id)
}

/** A reader who sees everything may ask about one company. */
function mayChoose({ scope }: BotContext): boolean {
  return scope.kind === 'all'
}

async function findCompany(ctx: BotContext, id: number | undefined) {
  return id !== undefined && mayChoose(ctx) ? companies.find(ctx.tx, id) : undefined
}

/** The only company whose name holds the words, whatever their endings. */
async function findNamed({ tx }: BotContext, whom: string) {
  const stem = (word: string) => (word.length > 4 ? word.slice(0, -2) : word)
  const stems = whom.split(' ').map(stem)
  const { rows } = await companies.list(tx, { offset: 0, limit: mostCompanies })
  const fitting = rows.filter(({ name }) => {
    const plain = name.toLowerCase().replaceAll('ё', 'е')
    return stems.every((part) => plain.includes(part))
  })
  return fitting.length === 1 ? fitting[0] : undefined
}

async function companiesPage({ tx, language }: BotContext, page: number, unknown?: string): Promise<View> {
  const found = await companies.list(tx, { offset: page * pageSize, limit: pageSize })
  return companiesView({ ...found, page }, { language, unknown })
}

async function menuOf(
  ctx: BotContext,
  companyId: number | undefined,
  { sourceZone }: Pick<LateRegisterOptions, 'sourceZone'>,
): Promise<View> {
  const { tx, now, person, language, isPrivate } = ctx
  return registerView(
    {
      today: toWall(now, sourceZone).slice(0, 10),
      company: await findCompany(ctx, companyId),
      mayChoose: mayChoose(ctx),
      wishes: isPrivate ? await lateRegister.findWishes(tx, person.id) : undefined,
    },
    language,
  )
}

async function toggle(ctx: BotContext, wish: 'monthly' | 'warned', options: LateRegisterOptions): Promise<void> {
  const { tx, person, now, language, isPrivate } = ctx
  if (!isPrivate) return answerOutdated(ctx)
  const wishes = await lateRegister.findWishes(tx, person.id)
  await lateRegister.setWishes(tx, person.id, {
    isMonthly: wish === 'monthly' ? !wishes.isMonthly : wishes.isMonthly,
    isWarned: wish === 'warned' ? !wishes.isWarned : wishes.isWarned,
    sentMonth: newestMonth(now, person.zone ?? options.scheduleZone),
  })
  ctx.toast(texts[language].saved)
  edit(ctx, await menuOf(ctx, undefined, options))
}
