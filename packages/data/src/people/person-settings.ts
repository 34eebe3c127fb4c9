import type { Db } from '../platform/client.ts'

/** The settings of a person; null where they leave the choice to the bot. */
export interface PersonSettings {
  readonly chosenLanguage: string | null
  readonly zone: string | null
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly hiddenCardParts: readonly string[]
  /** In quiet hours alerts wait until these end; otherwise they come without a sound. */
  readonly holdsAlerts: boolean
}

/** Changes what is named and leaves the rest as it is. */
export async function change(db: Db, personId: number, settings: Partial<PersonSettings>): Promise<void> {
  const { hiddenCardParts, ...rest } = settings
  await db
    .updateTable('person')
    .set({ ...rest, ...(hiddenCardParts && { hiddenCardParts: [...hiddenCardParts] }) })
    .where('id', '=', personId)
    .execute()
}
