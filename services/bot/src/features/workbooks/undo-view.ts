import type { UndoPreview } from '@atermtrack/data'
import { escapeHtml, type Language, workbooksTexts as texts } from '@atermtrack/messages'

/** The facts that an undo takes back, as the lines of its question. */
export function undoLines(preview: UndoPreview, language: Language): readonly string[] {
  const words = texts[language].undo
  if (preview.kind === 'train_roster') {
    const { containers, trainCode, hasOther } = preview
    return [
      words.title,
      words.listed(containers, escapeHtml(trainCode)),
      hasOther ? words.otherList : words.noOtherList,
    ]
  }
  const { events, notices } = preview
  const facts: (readonly [number, (n: number) => string])[] = [
    ...(preview.kind === 'dislocation'
      ? ([
          [preview.positions, words.positions],
          [preview.forgotten, words.forgotten],
          [preview.movements, words.movements],
        ] as const)
      : ([
          [preview.visits, words.visits],
          [preview.forgotten, words.forgottenVisits],
        ] as const)),
    [events, words.events],
    [notices, words.notices],
  ]
  const lines = facts.flatMap(([count, line]) => (count > 0 ? [line(count)] : []))
  return lines.length > 0 ? [words.title, ...lines] : [words.nothing]
}
