import type { PersonRole } from '@atermtrack/data'
import type { Conversation } from '@atermtrack/launcher'
import type { PersonHandle } from '@atermtrack/sandbox'

/** Things in the simulated reports that a scene can use. */
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

/** One picture of the guide: the steps from an empty chat on. The file has the same name. */
export interface Scene {
  readonly name: string
  /** The role of the person; a viewer by default. */
  readonly role?: PersonRole
  readonly act: (actor: Actor, props: Props, language: Language) => Promise<void>
}

export type Language = 'ru' | 'en'
