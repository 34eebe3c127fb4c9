const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' }

/** Telegram's HTML without its tags. A tag that was cut off at the end goes too. */
export function toPlainText(html: string): string {
  const text = html.replace(/<\/?[a-z][^<>]*(?:>|$)/gi, '')
  return text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? '')
}
