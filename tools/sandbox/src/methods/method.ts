import { ApiError, badRequest, forbidden } from './api-error.ts'
import type { Params } from './params.ts'
import type { UpdateHub } from '../world/update-hub.ts'
import type { Webhook } from '../world/webhook.ts'
import type { Access, ChatState, SeenMessage, World } from '../world/world.ts'

/** The input of one call of a Bot API method. */
export interface MethodContext {
  readonly world: World
  readonly hub: UpdateHub
  readonly webhook: Webhook
  readonly params: Params
  readonly callbackTimeoutMs: number
  /** Aborted when the client goes away. */
  readonly signal: AbortSignal
}

/** Returns the `result`, or throws ApiError. */
export type Method = (context: MethodContext) => unknown

const refusals: Readonly<Record<Exclude<Access, 'open'>, (state: ChatState) => string>> = {
  blocked: () => 'bot was blocked by the user',
  deactivated: () => 'user is deactivated',
  notStarted: () => "bot can't initiate conversation with a user",
  kicked: ({ chat }) => `bot was kicked from the ${chat.type} chat`,
}

/** The chat that a parameter names. Throws ApiError 400. */
export function findChat({ world, params }: MethodContext, name = 'chat_id'): ChatState {
  const given = params.text(name)
  if (given === undefined || given === '') throw badRequest(`${name} is empty`)
  const state = world.chats.get(Number(given))
  if (!state) throw badRequest('chat not found')
  return state
}

/** The chat that a message is to go to. Throws the ApiError that says why the bot can't write there. */
export function findOpenChat(context: MethodContext): ChatState {
  const state = findChat(context)
  if (state.migratedTo !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: state.migratedTo,
    })
  }
  if (state.access === 'open') return state
  throw forbidden(refusals[state.access](state))
}

/** A message by the parameter `message_id`. Throws ApiError 400 with the text for the given action. */
export function findMessage(context: MethodContext, state: ChatState, action: string): SeenMessage {
  const id = context.params.integer('message_id')
  if (id === undefined) throw badRequest('message identifier is not specified')
  const message = state.messages.get(id)
  if (!message) throw badRequest(`message to ${action} not found`)
  return message
}
