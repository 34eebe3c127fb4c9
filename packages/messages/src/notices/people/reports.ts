import { z } from 'zod'
import { catalogue, type Language } from '../../catalogue.ts'
import { escapeWhole } from '../../format/html.ts'
import { reasonSentence } from '../incoming/workbook-reasons.ts'
import { defineNotice } from '../notice.ts'

/** In place of a report: it could not be prepared. */
export const reportFailed = defineNotice(z.object({ name: z.string().optional() }), ({ name }, { language }) => ({
  html: escapeWhole(catalogue[language].report.failed(name)),
}))

/** In place of a picture: nothing that its reader may see can be drawn. */
export const pictureEmpty = defineNotice(z.object({ name: z.string().optional() }), ({ name }, { language }) => ({
  html: escapeWhole(catalogue[language].pictures.empty(name)),
}))

/** In place of somebody's own file with statuses: it could not be completed, through our own fault. */
export const annotationFailed = defineNotice(z.object({ name: z.string() }), ({ name }, { language }) => ({
  html: escapeWhole(catalogue[language].annotation.failed(name)),
}))

/** In place of somebody's own file with statuses: it cannot be read or holds no numbers. */
export const annotationRefused = defineNotice(
  z.object({
    name: z.string(),
    reason: z.string(),
    /** Files of an archive, each with why it has no statuses; undefined for a single file. */
    skipped: z.array(z.object({ name: z.string(), reason: z.string() })).optional(),
  }),
  ({ name, reason, skipped }, { language }) => {
    const words = catalogue[language].annotation
    const lines = skipped
      ? [words.noFiles(name), ...skipped.map((file) => skippedFile(file, language))]
      : [reason === 'no_numbers' ? words.noNumbers(name) : words.refused(name, whyNotAnnotated(reason, language))]
    return { html: lines.map((line) => escapeWhole(line)).join('\n') }
  },
)

/** A file of an archive that has no statuses, with the reason, as plain text. */
export function skippedFile(
  { name, reason }: { readonly name: string; readonly reason: string },
  language: Language,
): string {
  return catalogue[language].annotation.skippedFile(name, whyNotAnnotated(reason, language))
}

/** Why a file of somebody's own has no statuses, as a clause. */
export function whyNotAnnotated(reason: string, language: Language): string {
  const { noColumn, nested } = catalogue[language].annotation
  if (reason === 'nested') return nested
  return reason === 'no_numbers' ? noColumn : reasonSentence(reason, language)
}
