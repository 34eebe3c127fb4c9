import { eventAlert, eventDigest } from './events/event-alert.ts'
import { importDoubtful } from './incoming/doubtful-import.ts'
import { gatheredNotices } from './incoming/gathered.ts'
import { mailDeferred, mailRefused, mailRetried } from './incoming/mail.ts'
import { importUndoFailed, importUndone } from './incoming/undo.ts'
import { workbookGivenBack, workbookRefused, workbookResult, workbookWaits } from './incoming/workbook.ts'
import { accessChanged, accessDenied, accessGranted, accessRequested, adminMessage } from './people/access.ts'
import { broadcastDone, broadcastRecalled } from './people/broadcasts.ts'
import { dialogClosed, documentFailed } from './people/dialogs.ts'
import { emailPaused } from './people/email.ts'
import { groupOpened, groupRequested, groupsWait } from './people/groups.ts'
import { askAgain, noAccess } from './people/no-access.ts'
import { claimsEnd, lateRegisterEmpty } from './people/late-register.ts'
import { annotationFailed, annotationRefused, pictureEmpty, reportFailed } from './people/reports.ts'
import {
  colleagueAnswered,
  colleagueAsked,
  listChanged,
  reportEmpty,
  subscriptionsChanged,
  templateFailed,
  templateStored,
} from './people/subscriptions.ts'
import { backupAlarm, backupRecovered } from './system/backups.ts'
import { feedAlarm, feedRecovered } from './system/feeds.ts'
import { reportsStale } from './system/reports.ts'
import { sendingPaused, sendingResumed } from './system/sending.ts'
import { storageAlarm, storageRecovered } from './system/storage.ts'

/** All kinds of notices, by the names under which they are stored. A name is never given to another kind. */
export const noticeKinds = {
  access_changed: accessChanged,
  access_denied: accessDenied,
  access_granted: accessGranted,
  access_requested: accessRequested,
  admin_message: adminMessage,
  annotation_failed: annotationFailed,
  annotation_refused: annotationRefused,
  ask_again: askAgain,
  backup_alarm: backupAlarm,
  backup_recovered: backupRecovered,
  broadcast_done: broadcastDone,
  broadcast_recalled: broadcastRecalled,
  claims_end: claimsEnd,
  colleague_answered: colleagueAnswered,
  colleague_asked: colleagueAsked,
  dialog_closed: dialogClosed,
  document_failed: documentFailed,
  email_paused: emailPaused,
  event_alert: eventAlert,
  event_digest: eventDigest,
  feed_alarm: feedAlarm,
  feed_recovered: feedRecovered,
  gathered: gatheredNotices,
  group_opened: groupOpened,
  group_requested: groupRequested,
  groups_wait: groupsWait,
  import_doubtful: importDoubtful,
  import_undo_failed: importUndoFailed,
  import_undone: importUndone,
  late_register_empty: lateRegisterEmpty,
  list_changed: listChanged,
  mail_deferred: mailDeferred,
  mail_refused: mailRefused,
  mail_retried: mailRetried,
  no_access: noAccess,
  picture_empty: pictureEmpty,
  report_empty: reportEmpty,
  report_failed: reportFailed,
  reports_stale: reportsStale,
  sending_paused: sendingPaused,
  sending_resumed: sendingResumed,
  storage_alarm: storageAlarm,
  storage_recovered: storageRecovered,
  subscriptions_changed: subscriptionsChanged,
  template_failed: templateFailed,
  template_stored: templateStored,
  workbook_given_back: workbookGivenBack,
  workbook_refused: workbookRefused,
  workbook_result: workbookResult,
  workbook_waits: workbookWaits,
}

export type NoticeKind = keyof typeof noticeKinds
