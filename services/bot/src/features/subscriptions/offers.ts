import { companies, listOfferedClients } from '@atermtrack/data'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import type { InlineKeyboardButton } from 'telegraf/types'
import { inPairs, type View } from '../../routing/view.ts'
import { pageRow } from '../../text/pages.ts'
import { loadPage } from '../companies/load-page.ts'
import * as actions from './actions.ts'
import { clip } from './describe.ts'
import type { SubjectReader } from './subject.ts'

const companiesPerPage = 7
const mostClients = 8

/**
 * The companies that a subscription can be about, for those who see everything; undefined where there is nothing to choose. Without an id
 * it is the subscription that the open dialog creates.
 */
export async function loadCompanies(
  ctx: SubjectReader,
  subscriptionId: number | undefined,
  asked: number,
): Promise<View | undefined> {
  if (ctx.scope.kind !== 'all') return undefined
  const { total, rows, ...page } = await loadPage(asked, companiesPerPage, (part) => companies.list(ctx.tx, part))
  if (total === 0) return undefined
  const words = texts[ctx.language]
  return {
    html: words.askCompany,
    keyboard: {
      inline_keyboard: [
        [actions.chooseCompany.button(words.subjects.company, { subscriptionId, companyId: undefined })],
        ...rows.map(({ id: companyId, name }) => [
          actions.chooseCompany.button(words.offeredCompany(clip(name)), { subscriptionId, companyId }),
        ]),
        ...pageRow({ ...page }, (target) => actions.offerCompanies.data({ subscriptionId, page: target })),
        ...(subscriptionId === undefined ? [] : [[actions.offerSubjects.button(words.back, { subscriptionId })]]),
      ],
    },
  }
}

/** Buttons of the clients with most containers; any other is typed. */
export async function clientRows(
  { tx, scope }: SubjectReader,
  subscriptionId: number | undefined,
): Promise<InlineKeyboardButton[][]> {
  const clients = await listOfferedClients(tx, scope, { limit: mostClients })
  return inPairs(
    clients.map(({ partyId, name }) => actions.chooseClient.button(clip(name), { subscriptionId, partyId })),
  )
}
