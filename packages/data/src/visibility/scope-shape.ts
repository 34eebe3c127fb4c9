import type { CompanyScope, Scope } from '@atermtrack/domain'

/** A scope without the company: it decides the text of a condition, the company is a value in it. */
export type ScopeShape = Omit<CompanyScope, 'companyId'> | Exclude<Scope, CompanyScope>

/** The parts of a scope for `compileOnce`. */
export function splitScope(scope: Scope): { readonly shape: ScopeShape; readonly companyId: number | undefined } {
  if (scope.kind !== 'company') return { shape: scope, companyId: undefined }
  const { companyId, ...shape } = scope
  return { shape, companyId }
}

/** The scope of such parts. */
export function joinScope(shape: ScopeShape, companyId: number | undefined): Scope {
  if (shape.kind !== 'company') return shape
  if (companyId === undefined) throw new Error('the scope of a company lacks the company')
  return { ...shape, companyId }
}
