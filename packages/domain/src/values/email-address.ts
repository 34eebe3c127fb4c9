const longest = 254
const shape =
  /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i

/** An e-mail address as it was written, without blanks around it; undefined for anything else. */
export function parseEmailAddress(text: string): string | undefined {
  const address = text.trim()
  return address.length <= longest && shape.test(address) ? address : undefined
}
