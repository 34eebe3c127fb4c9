import { catalogue, defaultLanguage, type Language } from '../../catalogue.ts'

/** The facts that a sentence may name beside the code. */
export interface ReasonFacts {
  readonly reasonDetail?: string | null | undefined
  readonly rowCount?: number | null | undefined
}

/** The sentence of a reason code, with the facts that belong to it where they are known. */
export function reasonSentence(code: string, language: Language, facts: ReasonFacts = {}): string {
  const { workbookReasons, reasonsWithFacts, senderProofs } = catalogue[language]
  const plain = ownOf(workbookReasons, code) ?? code
  const { reasonDetail, rowCount } = facts
  const say = ownOf(reasonsWithFacts, code)
  if (!say || !reasonDetail) return plain
  // A number of rows that is no larger is not the usual one: rows of older releases hold their own there.
  if (code === 'shrunk' && !(Number(reasonDetail) > (rowCount ?? 0))) return plain
  return say(code === 'unproven_sender' ? (ownOf(senderProofs, reasonDetail) ?? reasonDetail) : reasonDetail)
}

/** Whether the sentence of a reason says all that its detail holds. */
export function isSaidInReason(code: string): boolean {
  return Object.hasOwn(catalogue[defaultLanguage].reasonsWithFacts, code)
}

/** Why nothing was taken from a message, as a sentence; an unknown code is shown as it is. */
export function mailReasonSentence(code: string, language: Language): string {
  return ownOf(catalogue[language].mailReasons, code) ?? code
}

function ownOf<T>(texts: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(texts, code) ? texts[code] : undefined
}
