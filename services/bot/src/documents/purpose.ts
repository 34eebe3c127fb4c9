import type { DocumentPurpose } from '@atermtrack/data'
import { readNumbers } from '@atermtrack/domain'
import type { BotContext } from '../routing/context.ts'

const wish = /статус|дислокац|простав|дополн|status/iu

/** What a file was sent for: only who works for everybody brings data, and even they may want statuses instead. */
export function purposeOf({ role }: BotContext, caption: string | undefined): DocumentPurpose {
  const mayImport = role === 'admin' || role === 'operator'
  return mayImport && !wish.test(caption ?? '') ? 'import' : 'annotate'
}

/** What is written beside a file may be a question of its own. */
export function asksForNumbers(caption: string | undefined): boolean {
  const { containers, wagons, waybills } = readNumbers(caption ?? '')
  return containers.length + wagons.length + waybills.length > 0
}
