import { examples as stored, type Examples } from '@atermtrack/data'
import { escapeHtml, type ExampleTexts, type Language, lookupTexts, stationName } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'

/** Shown while nothing is known: these show the form. */
const forms: ExampleTexts = { container: 'MSKU6011672', train: 'К25-073', waybill: 'ЭФ038927', station: 'СЕЛЯТИНО' }

/**
 * Examples out of what the person may see in this chat, so that each of them gets an answer. The same statement records a message that
 * was not understood.
 */
export async function readExamples(
  { tx, scope }: Pick<BotContext, 'tx' | 'scope'>,
  recorded?: Parameters<typeof stored.find>[2],
): Promise<Examples> {
  return stored.find(tx, scope, recorded)
}

/** Names of cells have no limit. */
const longestName = 60

/** The examples as the texts name them, in HTML. */
export function exampleTexts({ container, train, waybill, destination }: Examples, language: Language): ExampleTexts {
  return {
    container: container ?? forms.container,
    train: train ?? forms.train,
    waybill: escapeHtml(waybill ?? forms.waybill, longestName),
    station: escapeHtml(stationName(destination ?? forms.station, language), longestName),
  }
}

/** Asks for the numbers of containers, with one as an example. */
export async function askForNumbers(ctx: BotContext): Promise<void> {
  const { container } = exampleTexts(await readExamples(ctx), ctx.language)
  ctx.say(lookupTexts[ctx.language].ask(container))
}
