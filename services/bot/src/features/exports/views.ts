import { type ExportKind, exportKinds, periodNames } from '@atermtrack/domain'
import { exportTexts as texts, type Language } from '@atermtrack/messages'
import { inPairs, type View } from '../../routing/view.ts'
import * as actions from './actions.ts'

export function kindsView(language: Language): View {
  const words = texts[language]
  const buttons = exportKinds.map((kind) => actions.chooseExport.button(words.kinds[kind], { kind }))
  return { html: words.intro, keyboard: { inline_keyboard: inPairs(buttons) } }
}

export function periodsView(kind: ExportKind, language: Language): View {
  const words = texts[language]
  const buttons = periodNames.map((period) => actions.orderExport.button(words.periods[period], { kind, period }))
  return {
    html: words.askPeriod(words.kinds[kind]),
    keyboard: {
      inline_keyboard: [
        ...inPairs([...buttons, actions.askExportDates.button(words.ownDates, { kind })]),
        [actions.listExports.button(words.back)],
      ],
    },
  }
}
