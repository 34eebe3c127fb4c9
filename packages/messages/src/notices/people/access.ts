import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { bold, code, escapeHtml } from '../../format/html.ts'
import { button, defineNotice, rowId } from '../notice.ts'

/** Somebody as Telegram shows them. */
export const namedPerson = z.object({
  telegramId: z.int(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  username: z.string().nullable(),
})
type NamedPerson = z.output<typeof namedPerson>

/** `Анна Петрова (@anna), id 1001`, as HTML. */
export function personLine({ firstName, lastName, username, telegramId }: NamedPerson): string {
  const name = bold([firstName, lastName].filter(Boolean).join(' '))
  const handle = username ? ` (@${escapeHtml(username)})` : ''
  return `${name}${handle}, id ${code(String(telegramId))}`
}

/** Somebody who asks for access, with what they wrote about themselves, as HTML. */
export function accessRequestText(
  { person, about }: { readonly person: NamedPerson; readonly about: string | null },
  language: Language,
): string {
  const words = catalogue[language].access
  return [words.request(personLine(person)), ...(about === null ? [] : [words.about(about)])].join('\n')
}

/** To the admins: somebody asks for access. */
export const accessRequested = defineNotice(
  z.object({ personId: rowId, person: namedPerson, about: z.string().nullable() }),
  ({ personId, ...request }, { language }) => {
    const { accept, deny } = catalogue[language].access
    return {
      html: accessRequestText(request, language),
      buttons: [[button(`✅ ${accept}`, 'access-grant', personId), button(`⛔ ${deny}`, 'access-deny', personId)]],
    }
  },
)

const rights = z.object({ role: z.enum(['admin', 'operator', 'viewer']), companyName: z.string().nullable() })

/** To somebody who was given access. */
export const accessGranted = defineNotice(rights, ({ role, companyName }, { language }) => {
  const words = catalogue[language].access
  const html = role === 'viewer' && companyName !== null ? words.grantedWithCompany(companyName) : words.grantedAs[role]
  return { html, withMenu: menuOf(role) }
})

/** To somebody whose role or company an admin has changed. */
export const accessChanged = defineNotice(rights, ({ role, companyName }, { language }) => {
  const words = catalogue[language].access
  const html = role === 'viewer' && companyName !== null ? words.changedCompany(companyName) : words.changedTo[role]
  return { html, withMenu: menuOf(role) }
})

function menuOf(role: z.output<typeof rights>['role']): 'member' | 'admin' {
  return role === 'admin' ? 'admin' : 'member'
}

/** To somebody an admin has written to; `html` is Telegram HTML. */
export const adminMessage = defineNotice(z.object({ html: z.string() }), ({ html }, { language }) => ({
  html: [catalogue[language].access.written, ...(html === '' ? [] : [html])].join('\n\n'),
}))

/** To somebody who was refused access. */
export const accessDenied = defineNotice(z.object({}), (_, { language }) => ({
  html: catalogue[language].access.denied,
}))
