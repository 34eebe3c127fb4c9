const version = 'v1'
const maxBytes = 64
const shape = /^v1:([a-z][a-z-]*)((?::[A-Za-z0-9_-]+)*)$/

export interface CallbackAction {
  readonly action: string
  readonly parts: readonly string[]
}

/** The data of an inline button: `v1:<action>:<part>…`. Throws when Telegram does not accept it. */
export function callbackData(action: string, parts: readonly string[]): string {
  const data = [version, action, ...parts].join(':')
  if (!shape.test(data) || Buffer.byteLength(data) > maxBytes) throw new RangeError(`no data for a button: ${data}`)
  return data
}

/** Parses the action of a pressed button. Undefined for a button of another release, or for forged data. */
export function parseCallbackData(data: string): CallbackAction | undefined {
  const [, action, parts = ''] = shape.exec(data) ?? []
  return action === undefined ? undefined : { action, parts: parts.split(':').slice(1) }
}
