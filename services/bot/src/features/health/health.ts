import { ping, readStoredHealth } from '@atermtrack/data'
import { healthTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { readQueueStates } from '@atermtrack/outbox'
import { probe } from '@atermtrack/runtime'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'
import type { Probes } from './probes.ts'
import { healthView } from './views.ts'

export interface HealthOptions {
  readonly probes: Probes
  readonly zone: string
  readonly staleAfterMinutes: number
}

/** A server that does not answer in this time holds up no other, and the answer no longer. */
const limitMs = 2_000

/** Shows admins whether servers, services, queues and sources are well. */
export function createHealth(options: HealthOptions): Feature {
  return {
    name: 'health',
    right: 'inspect_health',
    declares: Object.values(actions),
    commands: [
      {
        name: 'health',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, await look(ctx, options)),
      },
    ],
    actions: [actions.refreshHealth.handle(async (ctx) => edit(ctx, await look(ctx, options)))],
  }
}

async function look(
  { tx, language, person }: BotContext,
  { probes, zone, staleAfterMinutes }: HealthOptions,
): Promise<View> {
  const [database, redis, jobs, telegram] = await Promise.all([
    probe(async () => ping(tx), limitMs),
    probe(probes.redis, limitMs),
    probe(probes.jobs, limitMs),
    probe(probes.telegram, limitMs),
  ])
  const stored = await readStoredHealth(tx)
  const queues = await readQueueStates(tx, jobs.value)
  const reader = { language, zone: person.zone ?? zone, staleAfterMinutes }
  return healthView({ stored, queues, servers: { database, redis, telegram } }, reader)
}
