import { audit, trainRosters } from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { commonTexts, escapeHtml, workbooksTexts as texts } from '@atermtrack/messages'
import { z } from 'zod'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import type { Press } from './desk.ts'

const dialog = 'train-station'
const longestName = 60
const noStation = /^(?:нет|no|none|-)$/i
const stateSchema = z.object({ trainCode: z.string() })

/** An admin says at which station the boxes of a train change wagons. */
export function createStationDialog(): { readonly ask: Press; readonly dialogs: NonNullable<Feature['dialogs']> } {
  return {
    ask: async (ctx, { trainCode }) => {
      if (trainCode === null) return ctx.toast(commonTexts[ctx.language].staleButton)
      await ctx.saveDialog({ kind: dialog, trainCode })
      ctx.say(texts[ctx.language].askStation(escapeHtml(trainCode)))
    },
    dialogs: { [dialog]: takeStation },
  }
}

async function takeStation(ctx: BotContext, state: unknown): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
  if (!ctx.isAdmin) return ctx.say(commonTexts[language].unknownCommand)
  const { trainCode } = stateSchema.parse(state)
  const station = message && 'text' in message ? cleanText(message.text) : ''
  if (station === '' || station.length > longestName) return ctx.say(words.badStation)
  await ctx.leaveDialog()
  const isNone = noStation.test(station)
  await trainRosters.setTransshipment(tx, trainCode, isNone ? undefined : station)
  await audit.insert(tx, {
    actorId: ctx.person.id,
    action: 'train.transshipment',
    object: `train:${trainCode}`,
    details: isNone ? {} : { station },
  })
  const train = escapeHtml(trainCode)
  ctx.say(isNone ? words.stationCleared(train) : words.stationSet(train, escapeHtml(station)))
}
