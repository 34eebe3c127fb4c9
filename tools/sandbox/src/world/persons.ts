import { addChat, botUser, unixTime, addMessage, toApiMessage, type ChatState, type World } from './world.ts'
import type { Chat, User } from './telegram-types.ts'
import type { UpdateHub } from './update-hub.ts'

export interface PersonOptions {
  readonly name: string
  readonly lastName?: string
  readonly username?: string
  /** By default 'ru'. */
  readonly languageCode?: string
  /** By default the next number from 1001 on. */
  readonly id?: number
  /** false = has never written to the bot, so the bot can't write first. By default true. */
  readonly started?: boolean
}

export interface GroupOptions {
  readonly title: string
  readonly members: readonly number[]
  readonly supergroup?: boolean
}

const firstPersonId = 1001

export function addPerson(world: World, options: PersonOptions): User {
  const id = options.id ?? Math.max(firstPersonId - 1, ...world.persons.keys()) + 1
  if (world.persons.has(id)) throw new Error(`person ${id} is already in the sandbox`)
  const names = {
    first_name: options.name,
    ...(options.lastName !== undefined && { last_name: options.lastName }),
    ...(options.username !== undefined && { username: options.username }),
  }
  const person: User = { id, is_bot: false, ...names, language_code: options.languageCode ?? 'ru' }
  world.persons.set(id, person)
  addChat(world, { id, type: 'private', ...names }, [id], options.started === false ? 'notStarted' : 'open')
  return person
}

/** Makes a group with the bot in it; the bot gets an update about it. */
export function addGroup(
  world: World,
  hub: UpdateHub,
  { title, members, supergroup = false }: GroupOptions,
): ChatState {
  world.counters.group += 1
  const chat: Chat = supergroup
    ? { id: supergroupId(world), type: 'supergroup', title }
    : { id: -(500_000 + world.counters.group), type: 'group', title }
  const state = addChat(world, chat, members, 'open')
  const adder = world.persons.get(members[0] ?? 0)
  if (adder) {
    const user = botUser(world)
    hub.push('my_chat_member', {
      chat,
      from: adder,
      date: unixTime(world),
      old_chat_member: { user, status: 'left' },
      new_chat_member: { user, status: 'member' },
    })
  }
  return state
}

/** Turns a group into a supergroup with a new id; the bot gets the two service messages. */
export function migrateGroup(world: World, hub: UpdateHub, old: ChatState): ChatState {
  world.counters.group += 1
  const chat: Chat = { ...old.chat, id: supergroupId(world), type: 'supergroup' }
  const state = addChat(world, chat, [...old.members], 'open')
  old.migratedTo = chat.id
  const from = world.persons.get([...old.members][0] ?? 0) ?? botUser(world)
  hub.push('message', toApiMessage(addMessage(world, old, { from, migrate_to_chat_id: chat.id })))
  hub.push('message', toApiMessage(addMessage(world, state, { from, migrate_from_chat_id: old.chat.id })))
  return state
}

function supergroupId({ counters }: World): number {
  return -(1_000_000_500_000 + counters.group)
}
