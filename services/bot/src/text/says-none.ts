/** A person answers that there is none: `нет`, `no`, `-`. */
export function saysNone(text: string): boolean {
  return /^(?:нет|no|none|-)$/i.test(text)
}
