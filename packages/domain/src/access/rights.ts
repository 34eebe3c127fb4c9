import type { Access } from './access-of.ts'

/** Those between whom the table of rights distinguishes. */
export const actors = [
  'admin',
  'operator',
  /** Sees all containers. */
  'viewer',
  /** Sees the containers of a company. */
  'company_viewer',
  /** Somebody without access: unknown, waiting, declined or removed. */
  'stranger',
  /** Anybody in a group that an admin has allowed, where all members read the answer. */
  'group',
  /** An admin in a group of the settings. */
  'admins_group',
  /** Somebody at the command line of the machine. */
  'command_line',
] as const
export type Actor = (typeof actors)[number]

const members = ['admin', 'operator', 'viewer', 'company_viewer'] as const
const admins = ['admin', 'command_line'] as const
const adminsAnywhere = [...admins, 'admins_group'] as const
const chats = [...members, 'group', 'admins_group'] as const

/**
 * The one table of rights, for commands, buttons, dialogs, files and the command line. A handler without a right of this table does not
 * compile, and an actor that is not listed is refused. The scope, and not this table, decides which containers somebody sees.
 */
const table = {
  /** Help, the language, leaving a dialog. */
  help: chats,
  /** Containers, trains, terminals, filters and changes. */
  ask: chats,
  /** Subscriptions, alerts, addresses, settings: what belongs to one person and is not shown to a group. */
  keep_own: members,
  /** Reports to a group or to a colleague, by people who have access in private. */
  share_reports: chats,
  /** A clean message or workbook for somebody outside, and answers in other chats. */
  share_answers: members,
  /** The list of what needs attention, and who takes care of it. */
  attention: members,
  /** The data that are stored of a person, and their erasure. */
  own_data: [...members, 'stranger'],
  request_access: [...chats, 'stranger'],
  /** A workbook of one's own that comes back with more columns. */
  annotate_workbook: members,
  import_workbook: ['admin', 'operator', 'command_line'],
  /** The clients whose containers a train carries. */
  read_train_clients: ['admin', 'operator', 'command_line'],
  /** A train that is made by hand, containers that change trains, the code, destination and date of a train, and its removal. */
  correct_trains: ['admin', 'operator', 'command_line'],
  decide_access: adminsAnywhere,
  review_workbooks: adminsAnywhere,
  manage_groups: adminsAnywhere,
  manage_people: admins,
  manage_companies: admins,
  manage_mail_lists: admins,
  read_audit: admins,
  broadcast: admins,
  force_reports: admins,
  inspect_deliveries: admins,
  /** Which rows of which files speak of a container, and why its status is what it is. */
  inspect_provenance: admins,
  /** Servers, queues, services, and what failed in an answer. */
  inspect_health: admins,
  inspect_forecast: admins,
  inspect_statistics: admins,
  /** Workbooks of whatever is stored, people's data among it. */
  export_data: admins,
  change_settings: admins,
  inspect_queues: ['command_line'],
  migrate: ['command_line'],
  /** Everything that is stored, in files. */
  back_up: ['command_line'],
} satisfies Readonly<Record<string, readonly Actor[]>>

/** Something that only some may do. */
export type Right = keyof typeof table
export const rights = Object.keys(table) as readonly Right[]

/** Whether somebody may do something. */
export function may(actor: Actor, right: Right): boolean {
  return (table[right] as readonly Actor[]).includes(actor)
}

/** The column of the table for somebody with this access, in a private chat or in a group. */
export function actorOf(access: Access, place: 'private' | 'group'): Actor {
  if (access.kind !== 'allowed') return 'stranger'
  const { role, scope } = access
  if (place === 'group') return role === 'admin' ? 'admins_group' : 'group'
  return role === 'viewer' && scope.kind !== 'all' ? 'company_viewer' : role
}
