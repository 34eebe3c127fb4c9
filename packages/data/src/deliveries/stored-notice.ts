/** A notice as the ledger stores it. Which kinds there are, and what they say, is for its writer and its reader to know. */
export interface StoredNotice {
  readonly kind: string
  readonly params: object
}

/** The content of a message of the ledger: a notice that is rendered when it leaves, or a text that is finished already. */
export type MessageContent =
  | { readonly notice: StoredNotice }
  | {
      /** Telegram HTML. */
      readonly text: string
      /** The keyboard under it. */
      readonly markup?: object | undefined
    }

/** The columns of what a message says. */
export function contentColumns(content: MessageContent) {
  if ('notice' in content) return { notice: JSON.stringify(content.notice), text: null, markup: null }
  const { text, markup } = content
  return { notice: null, text, markup: markup === undefined ? null : JSON.stringify(markup) }
}
