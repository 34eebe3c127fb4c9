import { changeAccess, findPersonInChat } from './person-actions.ts'
import { migrateGroup } from './persons.ts'
import type { UpdateHub } from './update-hub.ts'
import type { ChatState, SeenMessage, World } from './world.ts'

/** A group with the bot in it. Its members speak through `person.say(text, {chatId})`. */
export interface GroupHandle {
  readonly id: number
  readonly messages: () => readonly SeenMessage[]
  /** Becomes a supergroup: sends to the old id are refused with the new one. */
  readonly migrate: () => GroupHandle
  readonly removeBot: () => number
}

export function createGroupHandle(world: World, hub: UpdateHub, state: ChatState): GroupHandle {
  return {
    id: state.chat.id,
    messages: () => [...state.messages.values()],
    migrate: () => createGroupHandle(world, hub, migrateGroup(world, hub, state)),
    removeBot: () => changeAccess(findPersonInChat(world, hub, [...state.members][0] ?? 0, state.chat.id), 'kicked'),
  }
}
