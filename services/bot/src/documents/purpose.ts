import type { DocumentPurpose } from '@atermtrack/data'
import { readNumbers } from '@atermtrack/domain'
import type { BotContext } from '../routing/context.ts'

const wish = /статус|дислокац|простав|дополн|status/iu

/** The purpose of a sent file: admins and operators bring data unless they ask for statuses; viewers always want statuses. */
export function purposeOf({ may }: Pick<BotContext, 'may'>, caption: string | undefined): DocumentPurpose {
  return may('import_workbook') && !wish.test(caption ?? '') ? 'import' : 'annotate'
}

/** A caption may be a question in itself. */
export function asksForNumbers(caption: string | undefined): boolean {
  const { containers, wagons, waybills } = readNumbers(caption ?? '')
  return containers.length + wagons.length + waybills.length > 0
}
