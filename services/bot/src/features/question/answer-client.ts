import { type FindDirectory, resolveSubject } from '@atermtrack/data'
import { parseContainerNumber, readClient } from '@atermtrack/domain'
import { escapeHtml, questionTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Lookup } from '../lookup/lookup.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'

export interface ClientOptions {
  readonly lookup: Pick<Lookup, 'lookUp'>
  readonly settings: ViewSettings
  readonly findDirectory: FindDirectory
}

const longestName = 60

/** Answers «контейнеры ООО Ромашка» to those who may know whose a container is; false for any other text, and for anybody else. */
export function createClientAnswer({ lookup, settings, findDirectory }: ClientOptions) {
  return async (ctx: BotContext, text: string): Promise<boolean> => {
    const name = ctx.may('read_train_clients') ? readClient(text) : undefined
    if (name === undefined) return false
    const { standingAfterMinutes, sourceZone: zone } = settings
    const client = {
      id: 0,
      subject: 'client',
      subjectText: name,
      companyId: null,
      leavesAfterDays: null,
      zone,
    } as const
    const parts = { now: ctx.now, standingAfterMinutes, findDirectory }
    const { containers } = await resolveSubject(ctx.tx, client, ctx.scope, parts)
    const numbers = containers.map(parseContainerNumber).filter((number) => number !== undefined)
    const words = texts[ctx.language]
    const shown = escapeHtml(name, longestName)
    if (numbers.length === 0) ctx.say(words.noneOfClient(shown))
    else {
      const note = words.ofClient(shown)
      await lookup.lookUp(ctx, { containers: numbers, mistyped: [], wagons: [], waybills: [], trains: [], note })
    }
    return true
  }
}
