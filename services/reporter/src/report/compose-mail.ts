import type { WallTime } from '@atermtrack/domain'
import { reportTexts } from '@atermtrack/messages'
import { drawListPicture } from '../pictures/list-picture.ts'
import type { BuildingSettings, BuiltWorkbook, WorkbookRequest, WorkbookSettings } from './build-workbooks.ts'
import type { Caption } from './caption.ts'
import { composeLetter } from './letter.ts'
import type { ReportData } from './report-data.ts'

/** The letter of a report that is mailed, with a picture where its reader gets it at an address of their own. */
export async function composeMail(
  { report }: WorkbookRequest,
  data: ReportData,
  {
    caption,
    planned,
    settings,
  }: { readonly caption: Caption; readonly planned: WallTime; readonly settings: BuildingSettings },
): Promise<Pick<BuiltWorkbook, 'letter' | 'mailPicture'>> {
  const { sourceZone, scheduleZone, pictures } = settings
  const { language, emailAddressIds, isForClient, zone = scheduleZone } = report
  if (!isMailed(report, settings)) return { letter: undefined, mailPicture: undefined }
  const isDrawn = emailAddressIds.length > 0 && !isForClient
  const picture = isDrawn ? await drawListPicture(pictures, data, { language, zone }) : undefined
  const facts = { caption, planned, zone: sourceZone, language, pictureText: picture?.text }
  return { letter: composeLetter(data, facts, reportTexts[language]), mailPicture: picture?.png }
}

function isMailed({ kind, emailAddressIds, targetId }: WorkbookRequest['report'], settings: WorkbookSettings): boolean {
  if (!settings.emailIsOn || kind === 'lookup' || kind === 'rehearsal') return false
  return emailAddressIds.length > 0 || (kind === 'slot' && targetId === undefined && settings.emailCopies.length > 0)
}
