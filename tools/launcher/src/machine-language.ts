import { type Language, languages } from '@atermtrack/messages'
import type { Env } from '@atermtrack/runtime'

/** English is read where neither the terminal nor the system names a language that has texts. */
const otherwise: Language = 'en'

/**
 * The language of the machine: that of the terminal (`LC_ALL`, `LC_MESSAGES`, `LANG`), else that of the system, which `locale` names.
 */
export function machineLanguage(
  env: Env,
  locale: string = new Intl.DateTimeFormat().resolvedOptions().locale,
): Language {
  const [named = ''] = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].filter(Boolean)
  const isPlain = named === '' || /^(?:C|POSIX)(?:\.|$)/.test(named)
  const [primary] = (isPlain ? locale : named).toLowerCase().split(/[-_.@]/)
  return languages.find((language) => language === primary) ?? otherwise
}
