import { badRequest } from './api-error.ts'
import { findChat, type Method } from './method.ts'
import { isRecord, textOf, type Params } from './params.ts'
import { botUser, type Bot, type World } from '../world/world.ts'

interface BotCommand {
  readonly command: string
  readonly description: string
}

const maxCommands = 100

const getMe: Method = ({ world }) => ({
  ...botUser(world),
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
  can_connect_to_business: false,
  has_main_web_app: false,
})

const setMyCommands: Method = ({ world, params }) => {
  const commands = params.list('commands') ?? []
  if (commands.length > maxCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  checkScopeChat(world, params)
  world.bot.commands.set(readCommandKey(params), commands.map(parseCommand))
  world.events.emit({ kind: 'bot' })
  return true
}

const getMyCommands: Method = ({ world, params }) => world.bot.commands.get(readCommandKey(params)) ?? []

const deleteMyCommands: Method = ({ world, params }) => {
  world.bot.commands.delete(readCommandKey(params))
  world.events.emit({ kind: 'bot' })
  return true
}

const setChatMenuButton: Method = ({ world, params }) => {
  const button = params.json('menu_button') ?? { type: 'default' }
  if (!isRecord(button) || !['commands', 'web_app', 'default'].includes(textOf(button['type']))) {
    throw badRequest("can't parse menu button: MenuButton has unsupported type")
  }
  world.bot.menuButtons.set(params.integer('chat_id') ?? 0, button)
  return true
}

const getChatMenuButton: Method = ({ world, params }) =>
  world.bot.menuButtons.get(params.integer('chat_id') ?? 0) ?? world.bot.menuButtons.get(0) ?? { type: 'commands' }

const setMyDescription: Method = ({ world, params }) => {
  world.bot.description = readLimited(params, 'description', 512, 'DESCRIPTION_TOO_LONG')
  world.events.emit({ kind: 'bot' })
  return true
}

const setMyShortDescription: Method = ({ world, params }) => {
  world.bot.shortDescription = readLimited(params, 'short_description', 120, 'ABOUT_TOO_LONG')
  return true
}

const getChat: Method = (context) => {
  const { chat } = findChat(context)
  return { ...chat, accent_color_id: chat.id % 7, max_reaction_count: 11 }
}

const getChatMember: Method = (context) => {
  const { world, params } = context
  const state = findChat(context)
  const userId = params.integer('user_id')
  if (userId === undefined) throw badRequest('invalid user_id specified')
  if (userId === world.bot.id) return { user: botUser(world), status: state.access === 'kicked' ? 'kicked' : 'member' }
  const user = world.persons.get(userId)
  if (!user) throw badRequest('user not found')
  return { user, status: state.members.has(userId) ? 'member' : 'left' }
}

const leaveChat: Method = (context) => {
  const state = findChat(context)
  if (state.chat.type === 'private') throw badRequest("chat member status can't be changed in private chats")
  state.access = 'kicked'
  context.world.events.emit({ kind: 'chat', chatId: state.chat.id })
  return true
}

export const profileMethods = {
  getMe,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setChatMenuButton,
  getChatMenuButton,
  setMyDescription,
  setMyShortDescription,
  getChat,
  getChatMember,
  leaveChat,
  logOut: () => true,
  close: () => true,
} satisfies Readonly<Record<string, Method>>

/** The commands that a person sees in a chat: the narrowest scope that has any, in their language first. */
export function commandsFor({ bot, chats }: World, chatId: number, languageCode: string): readonly unknown[] {
  const isPrivate = chats.get(chatId)?.chat.type === 'private'
  const scopes = [
    { type: 'chat', chat_id: chatId },
    { type: isPrivate ? 'all_private_chats' : 'all_group_chats' },
    { type: 'default' },
  ]
  for (const scope of scopes) {
    const found = commandsIn(bot, scope, languageCode) ?? commandsIn(bot, scope, '')
    if (found) return found
  }
  return []
}

function commandsIn(bot: Bot, scope: Readonly<Record<string, unknown>>, languageCode: string) {
  const commands = bot.commands.get(commandKey(scope, languageCode))
  return commands && commands.length > 0 ? commands : undefined
}

function readCommandKey(params: Params): string {
  const scope = params.json('scope') ?? { type: 'default' }
  if (!isRecord(scope)) throw badRequest("can't parse BotCommandScope: expected an Object")
  const languageCode = params.text('language_code') ?? ''
  if (!/^(?:[a-z]{2})?$/.test(languageCode)) throw badRequest('BOT_COMMAND_LANGUAGE_CODE_INVALID')
  return commandKey(scope, languageCode)
}

function checkScopeChat(world: World, params: Params): void {
  const scope = params.json('scope')
  if (!isRecord(scope) || scope['chat_id'] === undefined) return
  if (!world.chats.has(Number(scope['chat_id']))) throw badRequest('chat not found')
}

function commandKey(scope: Readonly<Record<string, unknown>>, languageCode: string): string {
  return [scope['type'], scope['chat_id'], scope['user_id'], languageCode].join('|')
}

function parseCommand(value: unknown): BotCommand {
  if (!isRecord(value)) throw badRequest("can't parse BotCommand: expected an Object")
  const command = textOf(value['command']).replace(/^\//, '')
  const description = textOf(value['description']).trim()
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description.length < 1 || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  return { command, description }
}

function readLimited(params: Params, name: string, max: number, refusal: string): string {
  const text = params.text(name) ?? ''
  if (text.length > max) throw badRequest(refusal)
  return text
}
