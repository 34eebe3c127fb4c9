import {
  attention,
  type AttentionEntry,
  type AttentionList,
  type FindDirectory,
  findOwnContainers,
} from '@atermtrack/data'
import type { BotContext } from '../../routing/context.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import type { ListPlace } from './views.ts'

export interface AttentionOptions {
  readonly settings: ViewSettings
  readonly findDirectory: FindDirectory
}

/** The list of the person's own subscriptions, or of all that they see. */
export async function readList(
  { tx, scope, person, now }: BotContext,
  whose: ListPlace['whose'],
  { settings: { standingAfterMinutes }, findDirectory }: AttentionOptions,
): Promise<AttentionList> {
  const parts = { now, standingAfterMinutes, findDirectory }
  const of = whose === 'own' ? await findOwnContainers(tx, person.id, scope, parts) : ({ kind: 'all' } as const)
  return attention.list(tx, { scope, of, now, standingAfterMinutes })
}

/** One container that the person sees; undefined for any other. */
export async function readEntry(
  { tx, scope, now }: BotContext,
  container: string,
  { standingAfterMinutes }: ViewSettings,
): Promise<AttentionEntry | undefined> {
  return attention.find(tx, container, { scope, now, standingAfterMinutes })
}

/** Changes the marks of containers; every change names the same fields. */
export async function changeMarks(
  { tx, scope, person }: BotContext,
  changes: readonly (attention.MarkedTrip & { readonly fields: attention.MarkChange })[],
): Promise<void> {
  const circle = attention.circleOf(scope)
  if (circle !== undefined) await attention.change(tx, circle, changes, person.id)
}
