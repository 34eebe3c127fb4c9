import { audit } from '@atermtrack/data'
import { type Command, readId } from '../../command.ts'
import { openDatabase } from '../../connections.ts'

/** The record of who did what, with names, codes and details as they are stored. */
export const listAuditCommand: Command = {
  right: 'read_audit',
  usage: '[--search <text>] [--limit <n>]',
  about:
    'list who did what to whom, newest first; --search for a part of a name, an action, a command, or an object such as person:7',
  options: { search: { type: 'string' }, limit: { type: 'string', default: '50' } },
  async run({ options, env, table }) {
    const limit = readId(String(options['limit']), 'a limit')
    const text = typeof options['search'] === 'string' ? options['search'] : undefined
    await using db = openDatabase(env)
    const { rows } = await audit.list(db, { text, offset: 0, limit })
    table(
      ['at (UTC)', 'actor', 'action', 'object', 'object name', 'details', 'update', 'command'],
      rows.map(({ at, actorName, actorId, action, object, objectName, details, updateId, command }) => {
        const actor = actorName ?? (actorId === null ? null : `person:${actorId}`)
        const facts = Object.keys(details).length === 0 ? null : JSON.stringify(details)
        return [at, actor, action, object, objectName, facts, updateId, command]
      }),
    )
  },
}
