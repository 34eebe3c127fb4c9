import type { RawBuilder } from 'kysely'
import type { Db } from '../../platform/client.ts'
import type { Addressee } from './subject.ts'

/** Whom it is about, while the row of the person still says so. */
export interface Subject extends Addressee {
  /** Replaces their Telegram id: no chat has it. */
  readonly nobody: number
  /** The update by which they ask to be erased; 0 on the command line, as no update has that number. */
  readonly updateId: number
}

/** Where something is stored about people: what they may take along of it, and what their erasure does with it. */
export interface PersonalPlace {
  /** Columns that point at a person or a chat, `table.column`. A test compares them with the schema. */
  readonly columns: readonly string[]
  /** The part of a person's file, under names that they can read; nothing where it is of no use to anybody. */
  readonly collect?: (db: Db, subject: Addressee) => Promise<Readonly<Record<string, unknown>>>
  /** How many rows there are, under the names of `PersonalDataCounts`. */
  readonly count?: (subject: Addressee) => Readonly<Record<string, RawBuilder<number>>>
  /** Deletes rows that are theirs alone, and takes every trace of them out of rows that others need. Not there where all of it stays. */
  readonly erase?: (tx: Db, subject: Subject) => Promise<void>
}
