import type { Language } from '../values/wording.ts'

/** Why a workbook is in its state, as a sentence for people. The codes are stored; an unknown one is shown as it is. */
const ru = {
  same_bytes: 'такой же файл уже был',
  same_content: 'те же данные уже были в другом файле',
  older_stamp: 'отчёт старше того, что уже есть: добавлен только в историю',
  unpacked: 'архив распакован, каждый файл в нём принят отдельно',
  message_opened: 'письмо открыто, каждый файл в нём принят отдельно',
  unknown_sender: 'отправителя нет в списке доверенных',
  unproven_sender: 'отправитель не подтверждён: письмо могло прийти от другого',
  unknown_layout: 'таблица незнакома: не нашлись известные заголовки',
  missing_columns: 'не хватает обязательных колонок',
  no_rows: 'в таблице нет ни одной строки с данными',
  no_train_code: 'не понятно, к какому поезду относится список: в имени файла нет номера вида К25-073',
  future_stamp: 'отчёт помечен временем позже, чем пришёл',
  shrunk: 'строк намного меньше, чем обычно',
  lost_parties: 'в отчёте больше нет грузоотправителей, грузополучателей и клиентов, а раньше были',
  undone: 'импорт отменён администратором',
  undo_requested: 'импорт отменяется',
  rejected: 'отклонён администратором',
  empty: 'файл пуст',
  too_big: 'файл слишком велик',
  not_a_workbook: 'это не таблица Excel, не CSV и не архив с ними',
  archive_unsupported: 'такой архив не распаковывается: пришлите zip или сам файл',
  encrypted: 'файл защищён паролем: пришлите без пароля',
  truncated: 'файл обрезан: пришлите ещё раз',
  damaged: 'файл повреждён: пришлите ещё раз',
  bomb: 'файл распаковывается в подозрительно большой объём',
  too_many_sheets: 'в файле слишком много листов',
  too_many_rows: 'в файле слишком много строк',
  too_many_columns: 'в файле слишком много колонок',
  too_many_cells: 'в файле слишком много ячеек для старого формата .xls: пришлите его как .xlsx',
  cell_too_long: 'в одной из ячеек слишком длинный текст',
  reader_died: 'файл не удаётся прочитать: чтение несколько раз обрывалось',
  too_slow: 'файл читается слишком долго',
  unreadable_message: 'письмо не удаётся разобрать',
  too_many_attachments: 'в письме слишком много вложений',
  no_attachments: 'в письме нет вложений',
  import_failed: 'импорт не удался из-за ошибки на нашей стороне',
}

const en: typeof ru = {
  same_bytes: 'the same file was here before',
  same_content: 'the same data were here in another file before',
  older_stamp: 'the report is older than what is known: it was added to the history only',
  unpacked: 'the archive was unpacked, each file in it was taken by itself',
  message_opened: 'the message was opened, each file in it was taken by itself',
  unknown_sender: 'the sender is not on the list of trusted ones',
  unproven_sender: 'the sender is not proven: the message may be from somebody else',
  unknown_layout: 'the table is of an unknown layout: no known headings were found',
  missing_columns: 'required columns are missing',
  no_rows: 'the table has no rows with data',
  no_train_code: 'it does not say which train the roster is of: the file name has no code such as К25-073',
  future_stamp: 'the report is dated later than it came',
  shrunk: 'there are far fewer rows than usual',
  lost_parties: 'the report names no consignors, consignees or clients any more, and used to',
  undone: 'the import was undone by an administrator',
  undo_requested: 'the import is being undone',
  rejected: 'rejected by an administrator',
  empty: 'the file is empty',
  too_big: 'the file is too big',
  not_a_workbook: 'this is no Excel workbook, no CSV and no archive of them',
  archive_unsupported: 'an archive of this kind cannot be unpacked: send a zip or the file itself',
  encrypted: 'the file is protected by a password: send it without one',
  truncated: 'the file is cut off: send it again',
  damaged: 'the file is damaged: send it again',
  bomb: 'the file unpacks into a suspicious amount of data',
  too_many_sheets: 'the file has too many sheets',
  too_many_rows: 'the file has too many rows',
  too_many_columns: 'the file has too many columns',
  too_many_cells: 'the file has too many cells for the old format .xls: send it as .xlsx',
  cell_too_long: 'the text in one of the cells is too long',
  reader_died: 'the file cannot be read: the reading was cut short several times',
  too_slow: 'reading the file takes too long',
  unreadable_message: 'the message cannot be taken apart',
  too_many_attachments: 'the message has too many attachments',
  no_attachments: 'the message has no attachments',
  import_failed: 'the import failed because of an error on our side',
}

const sentences: Readonly<Record<Language, Readonly<Record<string, string>>>> = { ru, en }

/** What a sentence may name beside the code. */
export interface ReasonFacts {
  readonly reasonDetail?: string | null | undefined
  readonly rowCount?: number | null | undefined
}

/** How the check of the From address ended, see RFC 8601. */
const proofWords: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  ru: {
    fail: 'письмо не прошло проверку DMARC и могло прийти от другого',
    none: 'почтовый сервер не нашёл подписи его домена (DMARC, DKIM, SPF)',
    temperror: 'почтовый сервер не смог проверить письмо (DMARC: temperror)',
    permerror: 'проверка DMARC у его домена настроена с ошибкой (permerror)',
    missing: 'почтовый сервер не проверял письмо (нет Authentication-Results)',
    ambiguous: 'в письме не один адрес отправителя',
  },
  en: {
    fail: 'the message fails DMARC and may be from somebody else',
    none: 'the mail server found no proof of its domain (DMARC, DKIM, SPF)',
    temperror: 'the mail server could not check the message (DMARC: temperror)',
    permerror: 'DMARC of its domain is set up wrongly (permerror)',
    missing: 'the mail server has not checked the message (no Authentication-Results)',
    ambiguous: 'the message does not have exactly one From address',
  },
}

const withFacts: Readonly<Record<Language, Readonly<Record<string, (detail: string) => string>>>> = {
  ru: {
    shrunk: (usual) => `строк намного меньше, чем обычно (обычно около ${usual})`,
    missing_columns: (headings) => `не хватает обязательных колонок: ${headings}`,
    unproven_sender: (proof) => `отправитель не подтверждён: ${proofWords.ru[proof] ?? proof}`,
    same_bytes: (id) => `такой же файл уже был: №${id}`,
    same_content: (id) => `те же данные уже были в другом файле: №${id}`,
  },
  en: {
    shrunk: (usual) => `there are far fewer rows than usual (usually about ${usual})`,
    missing_columns: (headings) => `required columns are missing: ${headings}`,
    unproven_sender: (proof) => `the sender is not proven: ${proofWords.en[proof] ?? proof}`,
    same_bytes: (id) => `the same file was here before: №${id}`,
    same_content: (id) => `the same data were here in another file before: №${id}`,
  },
}

/** The sentence of a reason code, with the facts that belong to it where they are known. */
export function reasonSentence(code: string, language: Language = 'ru', facts: ReasonFacts = {}): string {
  const plain = sentences[language][code] ?? code
  const { reasonDetail, rowCount } = facts
  const say = Object.hasOwn(withFacts[language], code) ? withFacts[language][code] : undefined
  if (!say || !reasonDetail) return plain
  // A number of rows that is no larger is not the usual one: rows of older releases hold their own there.
  return code === 'shrunk' && !(Number(reasonDetail) > (rowCount ?? 0)) ? plain : say(reasonDetail)
}

/** Whether the sentence of a reason says all that its detail holds. */
export function isSaidInReason(code: string): boolean {
  return Object.hasOwn(withFacts.ru, code)
}
