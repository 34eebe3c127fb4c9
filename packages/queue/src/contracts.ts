import * as bot from './contracts/bot.ts'
import * as ingester from './contracts/ingester.ts'
import * as reporter from './contracts/reporter.ts'

// Each service has a file with the contracts of the queues that it works. Payloads are ids: the row they name is the truth, and in a
// rolling release old and new code read each other's jobs, so a payload only ever gains optional fields. `dedupId` is the identity of a
// job: while one with it waits or runs, another is not added.

export * from './contracts/bot.ts'
export * from './contracts/ingester.ts'
export * from './contracts/reporter.ts'

/** Every contract, for code that needs all queues. */
export const contracts = [...valuesOf(ingester), ...valuesOf(bot), ...valuesOf(reporter)]

type Contract = (typeof contracts)[number]
/** The name of a queue whose jobs name a row. */
export type RowQueueName = Extract<Contract, { readonly forRow: unknown }>['name']

/** The contracts whose jobs name a row that waits for them. */
export const rowContracts = contracts.filter((contract) => 'forRow' in contract)

/** As `Object.values`, which loses the types of a module. */
function valuesOf<Module extends object>(module: Module): readonly Module[keyof Module][] {
  return Object.values(module)
}
