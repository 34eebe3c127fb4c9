import { createHash } from 'node:crypto'
import type { StockName } from '@atermtrack/domain'

/** A short identifier of a terminal for a button, whose data cannot hold a long Cyrillic name. */
export function terminalId(name: StockName): string {
  return createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, 12)
}
