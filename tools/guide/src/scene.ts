import type { PersonRole } from '@atermtrack/data'
import type { Conversation } from '@atermtrack/launcher'
import type { PersonHandle } from '@atermtrack/sandbox'

/** What a scene can talk about: things that are in the simulated reports. */
export interface Props {
  /** Containers of several trains, those that moved last first. */
  readonly containers: readonly string[]
  /** A train with containers in it. */
  readonly train: string
  /** A station where containers stand. */
  readonly station: string
}

export interface Actor {
  readonly talk: Conversation
  readonly person: PersonHandle
}

/** One picture of the guide: what is done, from an empty chat on. The name is that of the file. */
export interface Scene {
  readonly name: string
  /** Of who acts; a viewer by default. */
  readonly role?: PersonRole
  readonly act: (actor: Actor, props: Props, language: Language) => Promise<void>
}

export type Language = 'ru' | 'en'
