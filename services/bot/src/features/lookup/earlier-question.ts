import { lookups } from '@atermtrack/data'
import { parseContainerNumber } from '@atermtrack/domain'
import type { BotContext } from '../../routing/context.ts'
import type { Asked } from './answer.ts'

/** An earlier question of the person of the update, which the update of that question names; undefined when it is forgotten. */
export async function findQuestion({ tx, person }: BotContext, updateId: number): Promise<Asked | undefined> {
  const asked = await lookups.find(tx, updateId, person.id)
  if (!asked) return undefined
  const containers = asked.containers.map(parseContainerNumber).filter((number) => number !== undefined)
  return { ...asked, containers, trains: [] }
}
