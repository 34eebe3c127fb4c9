import type { Access } from './access-of.ts'

/** A notice to somebody about their rights: a kind and its parameters. */
export type AccessNotice =
  | {
      readonly kind: 'no_access'
      readonly params: { readonly because: 'closed' | 'approval' | 'group'; readonly name?: string }
    }
  | { readonly kind: 'ask_again'; readonly params: Readonly<Record<string, never>> }

/** In place of a report that was stopped, since its reader has no access now. */
export function noAccessNotice(
  access: Exclude<Access, { kind: 'allowed' }>,
  { name }: { readonly name: string | undefined },
): AccessNotice {
  return { kind: 'no_access', params: { because: reasonOf(access), ...(name !== undefined && { name }) } }
}

/** In place of an answer that was prepared for the rights that its reader had before. */
export const askAgainNotice: AccessNotice = { kind: 'ask_again', params: {} }

function reasonOf({ kind }: Exclude<Access, { kind: 'allowed' }>): 'closed' | 'approval' | 'group' {
  if (kind === 'closed_group') return 'group'
  return kind === 'stranger' || kind === 'waiting' ? 'approval' : 'closed'
}
