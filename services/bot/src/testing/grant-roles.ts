import { type Db, people } from '@atermtrack/data'
import type { Role } from '@atermtrack/domain'

/** Lets people in, each with a role, whom the bot has not met yet. */
export async function grantRoles(db: Db, roles: readonly (readonly [telegramId: number, role: Role])[]): Promise<void> {
  for (const [telegramId, role] of roles) {
    await people.ensure(db, { telegramId, firstName: 'X', lastName: null, username: null, language: 'ru' })
    await people.grant(db, telegramId, role)
  }
}
