import type { Role } from './access-of.ts'

/** The subjects of subscriptions whose owners can be an audience. */
export type SubscribedSubject = 'train' | 'destination' | 'client'

/** Whom a broadcast goes to, among those who may be written to at all. */
export type BroadcastAudience =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'company'; readonly companyId: number }
  /** Owners of running subscriptions to the subject. */
  | { readonly kind: 'subscribers'; readonly subject: SubscribedSubject; readonly text: string }
  /** Anybody who has used the bot within so many days. */
  | { readonly kind: 'active'; readonly days: number }
  /** The reader of a message to one person, which is no broadcast: its draft gathers the parts of an album. */
  | { readonly kind: 'person'; readonly personId: number }
