import { findByLastDigits } from '@atermtrack/data'
import { parseContainerNumber } from '@atermtrack/domain'
import { lookupTexts as texts } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Asked } from './answer.ts'

/** How the last digits of a number were answered. */
export interface TailAnswer {
  /** False where nobody knows such a container. */
  readonly isContainer: boolean
  /** How many containers are in the railway's train of this number. */
  readonly inTrain: number
}

const mostTails = 10

/** One container is shown at once, several as a list. */
export async function lookUpTail(
  ctx: BotContext,
  digits: string,
  lookUp: (asked: Asked) => Promise<unknown>,
): Promise<TailAnswer> {
  const { containers: known, inTrain } = await findByLastDigits(ctx.tx, digits, {
    scope: ctx.scope,
    limit: mostTails + 1,
  })
  const containers = known
    .slice(0, mostTails)
    .map(parseContainerNumber)
    .filter((number) => number !== undefined)
  if (containers.length === 0) return { isContainer: false, inTrain }
  const note = texts[ctx.language].byTail(digits, containers.length, known.length > mostTails)
  await lookUp({ containers, mistyped: [], wagons: [], waybills: [], trains: [], note })
  return { isContainer: true, inTrain }
}
