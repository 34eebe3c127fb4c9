import { companies, type Company } from '@atermtrack/data'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'

/** Restricts a button to a company that still exists. */
export function ofCompany<P>(press: (ctx: BotContext, company: Company, pressed: P) => Promise<void>) {
  return async (ctx: BotContext, pressed: P & { readonly companyId: number }): Promise<void> => {
    const company = await companies.find(ctx.tx, pressed.companyId)
    return company ? press(ctx, company, pressed) : answerOutdated(ctx)
  }
}
