import { type AuditAction, auditActions } from '@atermtrack/domain'
import { auditTexts as texts, type Language } from '@atermtrack/messages'

/** Longer words lose their last letter, since Russian ones have endings: «рассылки» is found in «рассылка отправлена». */
const shortestWithEnding = 5

/** The actions whose words in the audit hold all words of a text, in any order and case; none for a text without words. */
export function actionsSaid(text: string, language: Language): readonly AuditAction[] {
  const stems = wordsOf(text).map((word) => (word.length >= shortestWithEnding ? word.slice(0, -1) : word))
  if (stems.length === 0) return []
  return auditActions.filter((action) => {
    const said = wordsOf(texts[language].actions[action])
    return stems.every((stem) => said.some((word) => word.startsWith(stem)))
  })
}

function wordsOf(text: string): readonly string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
