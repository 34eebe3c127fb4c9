/**
 * The decoded path of a request target, in origin-form or absolute-form (RFC 9112, 3.2). Undefined for a target that is
 * neither, or whose percent-encoding is broken.
 */
export function pathOf(target: string): string | undefined {
  try {
    if (/^https?:\/\//i.test(target)) return decodeURIComponent(new URL(target).pathname)
    return target.startsWith('/') ? decodeURIComponent(target.replace(/[?#].*$/s, '')) : undefined
  } catch {
    return undefined
  }
}
