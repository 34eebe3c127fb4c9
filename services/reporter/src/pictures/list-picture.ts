import type { Language } from '@atermtrack/messages'
import type { Pictures } from '@atermtrack/pictures'
import type { ReportData } from '../report/report-data.ts'
import { mapPicture } from './map-picture.ts'

/** A picture as PNG, and the same in words. */
export interface ListPicture {
  readonly png: Buffer
  readonly text: string
}

/**
 * Draws where the containers of a report are, for its letter or its workbook. Undefined where none has a place in the picture or it
 * cannot be drawn: a report comes without its picture rather than not at all.
 */
export async function drawListPicture(
  pictures: Pictures,
  data: ReportData,
  viewer: { readonly language: Language; readonly zone: string },
): Promise<ListPicture | undefined> {
  const picture = mapPicture(data, { name: undefined, viewer })
  const png = picture && (await pictures.draw(picture.chart).catch(() => undefined))
  return png && { png, text: picture.lines.join('; ') }
}
