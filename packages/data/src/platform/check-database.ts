import type { Db, DbLogger } from './client.ts'
import { checkConnectionBudget } from './connection-budget.ts'
import { isSuperuser } from './service-role.ts'

/** Logs the problems of the connection at the start of a service. Throws when its pool does not fit into the server. */
export async function checkDatabase(
  db: Db,
  options: { readonly poolSize: number; readonly logger: DbLogger },
): Promise<void> {
  await checkConnectionBudget(db, options)
  if (!(await isSuperuser(db))) return
  options.logger.warn({}, 'the service connects as a superuser: give it a role of its own, see DB_SERVICE_USER')
}
