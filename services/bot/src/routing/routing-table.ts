import type { Right } from '@atermtrack/domain'
import type { AnyAction } from './action.ts'
import type { Feature, Handle } from './feature.ts'
import type { MenuItem } from './menu.ts'

/** Finds the one feature that handles something. */
export interface RoutingTable {
  readonly findAction: (name: string) => Found<NonNullable<Feature['actions']>[number]> | undefined
  /** Undefined for a step of another release, or with a state that cannot be read. */
  readonly findStep: (stored: unknown) => Found<Handle> | undefined
  /** The work of a step whose person leaves the dialog; undefined for most steps. */
  readonly findLeaving: (stored: unknown) => Handle | undefined
  readonly findMenuItem: (item: MenuItem) => Found<Handle> | undefined
  readonly document: Found<NonNullable<Feature['document']>> | undefined
}

export interface Found<T> {
  readonly feature: Feature
  readonly handler: T
  /** Needed to run the handler. */
  readonly right: Right
}

/**
 * Builds the table that routes every update. Throws one error that names every collision: two features that claim one command,
 * menu item, action, dialog step or the documents, and actions and steps that are declared but not handled, or handled but not
 * declared.
 */
export function createRoutingTable(features: readonly Feature[]): RoutingTable {
  const problems: string[] = []
  const claim = <T>(what: string, entriesOf: (feature: Feature) => readonly (readonly [string, T])[]) =>
    claimAll(features, { what, entriesOf, problems })

  claim('command', ({ commands = [] }) => commands.map(({ name }) => [`/${name.toLowerCase()}`, name]))
  const menu = claim('menu item', ({ menu = {} }) => Object.entries(menu))
  const actions = claim('action', (feature) => (feature.actions ?? []).map((handler) => [handler.action, handler]))
  const steps = claim('dialog step', ({ dialogs = [] }) => dialogs.map((handler) => [handler.step, handler]))
  const documents = claim('message', ({ document }) => (document ? [['document', document]] : []))
  checkDeclared(features, { actions, steps, problems })
  if (problems.length > 0) throw new Error(['the features do not fit together:', ...problems].join('\n- '))
  const stepOf = (stored: unknown) => {
    const kind = typeof stored === 'object' && stored !== null && 'kind' in stored ? stored.kind : undefined
    return typeof kind === 'string' ? steps.get(kind) : undefined
  }
  return {
    findAction: (name) => actions.get(name),
    findStep(stored) {
      const found = stepOf(stored)
      const handler = found?.handler.prepare(stored)
      return found && handler && { ...found, handler }
    },
    findLeaving: (stored) => stepOf(stored)?.handler.prepareLeaving(stored),
    findMenuItem: (item) => menu.get(item),
    document: documents.get('document'),
  }
}

/** All actions of the features, by name. The routing table ensures that each of them is handled. */
export function declaredActions(features: readonly Feature[]): ReadonlyMap<string, AnyAction> {
  const declared = features.flatMap(({ declares = [] }) => declares)
  return new Map(declared.flatMap((one) => ('action' in one ? [[one.action, one] as const] : [])))
}

type Claims<T> = ReadonlyMap<string, Found<T>>

interface ClaimOptions<T> {
  readonly what: string
  readonly entriesOf: (feature: Feature) => readonly (readonly [string, T])[]
  readonly problems: string[]
}

/** The right that a handler names for itself. */
function ownRight(handler: unknown): Right | undefined {
  return typeof handler === 'object' && handler !== null && 'right' in handler ? (handler.right as Right) : undefined
}

function claimAll<T>(features: readonly Feature[], { what, entriesOf, problems }: ClaimOptions<T>): Claims<T> {
  const claims = new Map<string, Found<T>>()
  for (const feature of features) {
    for (const [key, handler] of entriesOf(feature)) {
      const other = claims.get(key)
      if (other) problems.push(`the ${what} "${key}" is claimed by "${other.feature.name}" and by "${feature.name}"`)
      claims.set(key, { feature, handler, right: ownRight(handler) ?? feature.right })
    }
  }
  return claims
}

interface DeclaredOptions {
  readonly actions: ReadonlyMap<string, { readonly feature: Feature }>
  readonly steps: ReadonlyMap<string, { readonly feature: Feature }>
  readonly problems: string[]
}

function checkDeclared(features: readonly Feature[], { actions, steps, problems }: DeclaredOptions): void {
  const declared = { action: new Map<string, string>(), 'dialog step': new Map<string, string>() }
  for (const { name: feature, declares = [] } of features) {
    for (const one of declares) {
      const [what, name] = 'action' in one ? (['action', one.action] as const) : (['dialog step', one.step] as const)
      const other = declared[what].get(name)
      if (other !== undefined) problems.push(`the ${what} "${name}" is declared by "${other}" and by "${feature}"`)
      declared[what].set(name, feature)
    }
  }
  for (const [what, handled] of [
    ['action', actions],
    ['dialog step', steps],
  ] as const) {
    for (const [name, feature] of declared[what]) {
      if (!handled.has(name)) problems.push(`the ${what} "${name}" is declared by "${feature}" and handled by nobody`)
    }
    for (const [name, { feature }] of handled) {
      if (!declared[what].has(name)) {
        problems.push(`the ${what} "${name}" is handled by "${feature.name}" and declared by nobody`)
      }
    }
  }
}
