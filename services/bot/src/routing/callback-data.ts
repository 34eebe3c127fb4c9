const version = 'v1'
const maxBytes = 64
const shape = /^v1:([a-z][a-z-]*)((?::[A-Za-z0-9_-]+)*)$/

export interface CallbackAction {
  readonly action: string
  readonly ids: readonly string[]
}

/** The data of an inline button: `v1:<action>:<id>…`. Throws when Telegram would not take it. */
export function callbackData(action: string, ...ids: readonly (string | number)[]): string {
  const data = [version, action, ...ids].join(':')
  if (!shape.test(data) || Buffer.byteLength(data) > maxBytes) throw new RangeError(`no data for a button: ${data}`)
  return data
}

/** What a pressed button asks for; undefined for a button of another release, or for data that somebody made up. */
export function parseCallbackData(data: string): CallbackAction | undefined {
  const [, action, ids = ''] = shape.exec(data) ?? []
  return action === undefined ? undefined : { action, ids: ids.split(':').slice(1) }
}

/** A row's id out of a button; undefined when it is none. */
export function parseId(text: string | undefined): number | undefined {
  if (text === undefined || !/^[1-9]\d{0,15}$/.test(text)) return undefined
  const id = Number(text)
  return Number.isSafeInteger(id) ? id : undefined
}
