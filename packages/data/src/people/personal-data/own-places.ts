import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import type { PersonalPlace } from './place.ts'

const rows = (from: RawBuilder<unknown>) => sql<number>`(select count(*) from ${from})`

/** The questions, files and choices of people, and the notes that hold their id. */
export const ownPlaces: readonly PersonalPlace[] = [
  {
    columns: ['lookup.person_id'],
    collect: async (db, { personId }) => ({ questions: await listQuestions(db, personId) }),
    count: ({ personId }) => ({ questions: rows(sql`lookup where person_id = ${personId}`) }),
    erase: async (tx, { personId }) => void (await tx.deleteFrom('lookup').where('personId', '=', personId).execute()),
  },
  {
    columns: ['not_understood.person_id'],
    collect: async (db, { personId }) => ({ notUnderstood: await listNotUnderstood(db, personId) }),
    erase: async (tx, { personId }) => {
      await tx.deleteFrom('notUnderstood').where('personId', '=', personId).execute()
    },
  },
  {
    columns: ['person_day.person_id'],
    collect: async (db, { personId }) => ({ activeDays: await listActiveDays(db, personId) }),
    erase: async (tx, { personId }) => {
      await tx.deleteFrom('personDay').where('personId', '=', personId).execute()
    },
  },
  {
    columns: ['dialog.chat_id', 'dialog.person_id'],
    collect: async (db, { personId }) => ({ openDialogs: await listDialogs(db, personId) }),
    erase: async (tx, { personId }) => void (await tx.deleteFrom('dialog').where('personId', '=', personId).execute()),
  },
  {
    columns: ['incoming_document.chat_id', 'incoming_document.person_id', 'workbook.reply_chat_id'],
    collect: async (db, { personId }) => ({ filesSent: await listDocuments(db, personId) }),
    count: ({ personId }) => ({ documents: rows(sql`incoming_document where person_id = ${personId}`) }),
    async erase(tx, { personId, telegramId }) {
      await tx.deleteFrom('incomingDocument').where('personId', '=', personId).execute()
      await tx.updateTable('workbook').set({ replyChatId: null }).where('replyChatId', '=', telegramId).execute()
    },
  },
  {
    // The quiet hours of a group belong to the group.
    columns: ['chat_group.added_by', 'chat_group.chat_id', 'chat_group.decided_by', 'group_quiet_hours.chat_id'],
    collect: async (db, { personId }) => ({ groups: await listGroups(db, personId) }),
    erase: async (tx, { personId }) => {
      await tx.updateTable('chatGroup').set({ addedBy: null }).where('addedBy', '=', personId).execute()
    },
  },
  {
    columns: ['alert.chat_id', 'alert.person_id', 'alert_event.chat_id'],
    collect: async (db, { personId }) => ({ alerts: await listAlerts(db, personId) }),
    async erase(tx, { personId, telegramId }) {
      const alerts = tx.selectFrom('alert').select('id').where('personId', '=', personId)
      await tx
        .deleteFrom('alertEvent')
        .where((eb) => eb.or([eb('chatId', '=', telegramId), eb('alertId', 'in', alerts)]))
        .execute()
      await tx.deleteFrom('alert').where('personId', '=', personId).execute()
    },
  },
  {
    // `taken_by`, `note_by` and `hidden_by` are numbers of persons without a reference.
    columns: [],
    collect: async (db, { personId }) => ({ attention: await listMarks(db, personId) }),
    erase: (tx, { personId }) => blankMarks(tx, personId),
  },
  {
    columns: ['chat_pace.chat_id', 'chat_usage.chat_id'],
    async erase(tx, { telegramId }) {
      await tx.deleteFrom('chatPace').where('chatId', '=', telegramId).execute()
      await tx.deleteFrom('chatUsage').where('chatId', '=', telegramId).execute()
    },
  },
  {
    // The audit, the column profiles and the changes of settings keep the number of an author who is nobody any more.
    columns: ['audit.actor_id', 'column_profile.created_by', 'setting_change.changed_by'],
    collect: async (db, { personId }) => ({ actions: await listActions(db, personId) }),
    count: ({ personId }) => ({ actions: rows(sql`audit where actor_id = ${personId}`) }),
  },
]

async function listQuestions(db: Db, personId: number) {
  return db
    .selectFrom('lookup')
    .select(['createdAt as askedAt', 'containers', 'wagons', 'waybills', 'mistyped', 'found'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Messages that the bot could not make anything of. */
async function listNotUnderstood(db: Db, personId: number) {
  return db
    .selectFrom('notUnderstood')
    .select(['askedAt', 'text'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Days on which the person wrote or pressed anything, for the number of people. */
async function listActiveDays(db: Db, personId: number) {
  return db.selectFrom('personDay').select('day').where('personId', '=', personId).orderBy('day').execute()
}

async function listDialogs(db: Db, personId: number) {
  return db
    .selectFrom('dialog')
    .select(['chatId', 'state', 'expiresAt'])
    .where('personId', '=', personId)
    .orderBy('chatId')
    .execute()
}

async function listDocuments(db: Db, personId: number) {
  return db
    .selectFrom('incomingDocument')
    .leftJoin('workbook', 'workbook.id', 'incomingDocument.workbookId')
    .select(['incomingDocument.fileName', 'incomingDocument.sentAt', 'incomingDocument.status', 'purpose'])
    .select(['workbook.kind as recognisedAs', 'workbook.status as outcome'])
    .where('personId', '=', personId)
    .orderBy('incomingDocument.id')
    .execute()
}

/** Groups that the person has brought the bot into. */
async function listGroups(db: Db, personId: number) {
  return db
    .selectFrom('chatGroup')
    .select(['title', 'createdAt'])
    .where('addedBy', '=', personId)
    .orderBy('id')
    .execute()
}

/** Messages about events. */
async function listAlerts(db: Db, personId: number) {
  return db
    .selectFrom('alert')
    .select(['form', 'kind', 'openedAt', 'reportedAt'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute()
}

/** Containers that the person has taken in hand, put off or written about. */
async function listMarks(db: Db, personId: number) {
  return db
    .selectFrom('attentionMark')
    .select(['container', 'takenAt', 'laterUntil', 'changedAt'])
    .select((eb) => eb.case().when('noteBy', '=', personId).then(eb.ref('note')).end().as('note'))
    .where((eb) => eb.or([eb('takenBy', '=', personId), eb('noteBy', '=', personId), eb('hiddenBy', '=', personId)]))
    .orderBy('container')
    .execute()
}

/** A container that they took is free again; their notes go. */
async function blankMarks(tx: Db, id: number): Promise<void> {
  await tx.updateTable('attentionMark').set({ takenBy: null, takenAt: null }).where('takenBy', '=', id).execute()
  await tx.updateTable('attentionMark').set({ note: null, noteBy: null }).where('noteBy', '=', id).execute()
  await tx.updateTable('attentionMark').set({ hiddenBy: null }).where('hiddenBy', '=', id).execute()
}

/** The actions of the person, and those of others on them. */
async function listActions(db: Db, personId: number) {
  return db
    .selectFrom('audit')
    .select(['createdAt', 'action', 'object', 'details'])
    .where((eb) => eb.or([eb('actorId', '=', personId), eb('object', '=', `person:${personId}`)]))
    .orderBy('id')
    .execute()
}
