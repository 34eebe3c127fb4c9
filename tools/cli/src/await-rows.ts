import { setTimeout as delay } from 'node:timers/promises'
import { type CommandInput, readId } from './command.ts'

const lookMs = 300
const longestSeconds = 600

/** The option of commands that wait for a service, as the help shows it. */
export const waitOption = { wait: { type: 'string', default: String(longestSeconds) } } as const

/** Until when a command waits for a service. */
export function readWait({ wait }: CommandInput['options']): Date {
  return new Date(Date.now() + readId(String(wait), 'for how many seconds to wait') * 1_000)
}

/** Looks again and again until the look finds something; undefined when it has found nothing by then. */
export async function awaitRows<Found>(
  look: () => Promise<Found | undefined>,
  until: Date,
): Promise<Found | undefined> {
  for (;;) {
    const found = await look()
    if (found !== undefined || Date.now() >= until.getTime()) return found
    await delay(lookMs)
  }
}
