/** The parts of the Bot API's objects that the sandbox fills, in Telegram's own field names. */
export interface User {
  readonly id: number
  readonly is_bot: boolean
  readonly first_name: string
  readonly last_name?: string
  readonly username?: string
  readonly language_code?: string
}

export interface Chat {
  readonly id: number
  readonly type: 'private' | 'group' | 'supergroup'
  readonly title?: string
  readonly username?: string
  readonly first_name?: string
  readonly last_name?: string
}

export interface MessageEntity {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
  readonly language?: string
  readonly custom_emoji_id?: string
  readonly unix_time?: number
  readonly date_time_format?: string
}

export interface InlineButton {
  readonly text: string
  readonly callback_data?: string
  readonly url?: string
  readonly copy_text?: { readonly text: string }
  readonly web_app?: { readonly url: string }
  readonly switch_inline_query?: string
  readonly switch_inline_query_current_chat?: string
}

export interface InlineKeyboard {
  readonly inline_keyboard: readonly (readonly InlineButton[])[]
}

export interface KeyboardButton {
  readonly text: string
  readonly request_contact?: boolean
}

export interface ReplyKeyboard {
  readonly keyboard: readonly (readonly KeyboardButton[])[]
  readonly is_persistent?: boolean
  readonly resize_keyboard?: boolean
  readonly one_time_keyboard?: boolean
  readonly input_field_placeholder?: string
}

export interface TelegramFile {
  readonly file_id: string
  readonly file_unique_id: string
  readonly file_size: number
}

export interface TelegramDocument extends TelegramFile {
  readonly file_name: string
  readonly mime_type: string
}

export interface PhotoSize extends TelegramFile {
  readonly width: number
  readonly height: number
}

export interface Contact {
  readonly phone_number: string
  readonly first_name: string
  readonly last_name?: string
  readonly user_id?: number
}

export interface MessageContent {
  readonly text?: string
  readonly entities?: readonly MessageEntity[]
  readonly caption?: string
  readonly caption_entities?: readonly MessageEntity[]
  readonly document?: TelegramDocument
  readonly photo?: readonly PhotoSize[]
  readonly contact?: Contact
  readonly migrate_to_chat_id?: number
  readonly migrate_from_chat_id?: number
}

export interface Message extends MessageContent {
  readonly message_id: number
  readonly from: User
  readonly chat: Chat
  readonly date: number
  readonly edit_date?: number
  readonly message_thread_id?: number
  readonly is_topic_message?: boolean
  /** Messages of one album share it. */
  readonly media_group_id?: string
  readonly forward_origin?: { readonly type: 'user'; readonly sender_user: User; readonly date: number }
  /** The bot whose result this is. */
  readonly via_bot?: User
  readonly reply_to_message?: Message
  readonly reply_markup?: InlineKeyboard
}

export type UpdateKind = 'message' | 'edited_message' | 'callback_query' | 'my_chat_member' | 'inline_query'

/** An update as the bot gets it: `update_id` and one field named after its kind. */
export type Update = { readonly update_id: number } & { readonly [kind in UpdateKind]?: unknown }
