/** The containers that somebody sees. */
export type Scope =
  | { readonly kind: 'all' }
  | CompanyScope
  /** The company that the person or the group belongs to is removed. */
  | { readonly kind: 'nothing' }

/** Those of the clients of one company, and those of the companies that are marked as shared. */
export interface CompanyScope {
  readonly kind: 'company'
  readonly companyId: number
  /** Containers for which no file names any party are seen too. */
  readonly seesUnnamed?: boolean
}

export const everything: Scope = { kind: 'all' }

/** A short text that is equal for equal scopes and for no others: it names the scope of a built report. */
export function scopeKey(scope: Scope): string {
  if (scope.kind !== 'company') return scope.kind
  return `company:${scope.companyId}${scope.seesUnnamed ? '+unnamed' : ''}`
}
