import { companies, type PeopleFilter, peopleList } from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { membersTexts as texts } from '@atermtrack/messages'
import type { ActionHandler } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StepHandler } from '../../routing/dialog-step.ts'
import { edit, say, textOf, type View } from '../../routing/view.ts'
import { loadPage } from '../companies/load-page.ts'
import * as actions from './actions.ts'
import { companyPeopleView, filtersView, foundView, peoplePerPage, peopleView } from './list-views.ts'
import type { PeopleOptions } from './people.ts'
import { searchStep } from './steps.ts'

const longestSearch = 100

export interface PeopleLists {
  readonly browse: (ctx: BotContext, filter: PeopleFilter, page: number) => Promise<View>
  /** Answers with the people whom a text names; the next text searches again. */
  readonly search: (ctx: BotContext, text: string) => Promise<void>
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
}

/** The lists of people: by a filter, of a company, or found by a text. */
export function createLists({ policy }: PeopleOptions): PeopleLists {
  const load = (
    { tx }: BotContext,
    search: Omit<peopleList.PeopleSearch, 'filter'>,
    filter: PeopleFilter,
    page: number,
  ) => loadPage(page, peoplePerPage, (part) => peopleList.list(tx, { ...part, ...search, filter, policy }))
  const browse = async (ctx: BotContext, filter: PeopleFilter, page: number) =>
    peopleView(await load(ctx, {}, filter, page), { filter, policy, language: ctx.language })
  const showFound = async (ctx: BotContext, text: string, page: number) =>
    foundView(await load(ctx, { text }, 'all', page), { text, policy, language: ctx.language })
  /** Everybody without an id, and when the company no longer exists. */
  const listOf = async (ctx: BotContext, companyId: number | undefined, page: number) => {
    const company = companyId === undefined ? undefined : await companies.find(ctx.tx, companyId)
    if (!company) return browse(ctx, 'all', page)
    const found = await load(ctx, { companyId: company.id }, 'all', page)
    return companyPeopleView(found, company, { policy, language: ctx.language })
  }
  const search = async (ctx: BotContext, typed: string) => {
    const text = cleanText(typed)
    if (text === '' || text.length > longestSearch) return ctx.say(texts[ctx.language].badSearch)
    await ctx.saveDialog(searchStep, { text })
    say(ctx, await showFound(ctx, text, 0))
  }
  return {
    browse,
    search,
    actions: [
      actions.listPeople.handle(async (ctx, { companyId, page }) => edit(ctx, await listOf(ctx, companyId, page))),
      actions.browsePeople.handle(async (ctx, { filter, page }) => edit(ctx, await browse(ctx, filter, page))),
      actions.chooseFilter.handle(async (ctx) => edit(ctx, filtersView(ctx.language))),
      actions.askSearch.handle(async (ctx) => {
        await ctx.saveDialog(searchStep, {})
        ctx.say(texts[ctx.language].askSearch)
      }),
      actions.turnFound.handle(async (ctx, { page }) => {
        const text = ctx.dialog?.expired ? undefined : searchStep.read(ctx.dialog?.state)?.text
        // Another dialog may have taken the place of the search meanwhile.
        edit(ctx, text === undefined ? await browse(ctx, 'all', 0) : await showFound(ctx, text, page))
      }),
    ],
    dialogs: [searchStep.handle((ctx) => search(ctx, textOf(ctx)))],
  }
}
