import { type Db, personalData } from '@atermtrack/data'

/** Everything that is stored about a person, as JSON that a person can read too. */
export async function writePersonalData(db: Db, personId: number): Promise<Buffer> {
  return Buffer.from(JSON.stringify(await personalData.collect(db, personId), undefined, 2))
}
