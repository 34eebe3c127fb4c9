import { audit, type ReviewedWorkbook, trainRosters } from '@atermtrack/data'
import { cleanText } from '@atermtrack/domain'
import { escapeHtml, workbooksTexts as texts } from '@atermtrack/messages'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf } from '../../routing/dialog-step.ts'
import { saysNone } from '../../text/says-none.ts'
import { stationStep } from './steps.ts'

const longestName = 60

/** Asks at which station the containers of a train change wagons. */
export async function askStation(ctx: BotContext, { trainCode }: ReviewedWorkbook): Promise<void> {
  if (trainCode === null) return answerOutdated(ctx)
  await ctx.saveDialog(stationStep, { trainCode })
  ctx.say(texts[ctx.language].askStation(escapeHtml(trainCode)))
}

/** Stores the station that an admin has named. */
export async function setStation(ctx: BotContext, { trainCode }: StateOf<typeof stationStep>): Promise<void> {
  const { tx, message, language } = ctx
  const words = texts[language]
  const station = message && 'text' in message ? cleanText(message.text) : ''
  if (station === '' || station.length > longestName) return ctx.say(words.badStation)
  await ctx.leaveDialog()
  const isNone = saysNone(station)
  await trainRosters.setTransshipment(tx, trainCode, isNone ? undefined : station)
  await audit.insert(tx, {
    ...ctx.actor,
    action: 'train.transshipment',
    object: `train:${trainCode}`,
    details: isNone ? {} : { station },
  })
  const train = escapeHtml(trainCode)
  ctx.say(isNone ? words.stationCleared(train) : words.stationSet(train, escapeHtml(station)))
}
