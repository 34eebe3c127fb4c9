const isUnstorable = /\\u0000|\\ud[89a-f][0-9a-f]{2}/i

/** PostgreSQL holds neither NUL nor lone surrogates in jsonb, and one such text would refuse the whole batch. */
export function toStorable(payload: object): { readonly json: string; readonly value: unknown } {
  const json = JSON.stringify(payload)
  // Both stand escaped in JSON, and hardly any text has them.
  if (!isUnstorable.test(json)) return { json, value: payload }
  const cleaned = JSON.stringify(payload, (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/[\0\p{Cs}]/gu, '') : value,
  )
  return { json: cleaned, value: JSON.parse(cleaned) as unknown }
}
