import type { Random } from '../random.ts'

/** Damages a file in one way. It must not change `bytes`, and the same numbers must give the same damage. */
export type Mutator = (bytes: Buffer, random: Random, peer: Buffer) => Buffer

/** Mutators by the name that a mutant lists; each also gets a second file to take bytes from. */
export type Mutators = Readonly<Record<string, Mutator>>

/** `peer` out of `bytes` and back is how text is handled: one character for one byte, whatever the charset. */
export function onText(change: (text: string, random: Random) => string): Mutator {
  return (bytes, random) => Buffer.from(change(bytes.toString('latin1'), random), 'latin1')
}

/** Returns the text with the part between two places replaced. */
export function replaceAt(text: string, start: number, end: number, by: string): string {
  return text.slice(0, start) + by + text.slice(end)
}
