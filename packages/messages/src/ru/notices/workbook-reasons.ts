/** Why a workbook is in its state, as a sentence for people. The codes are stored; an unknown one is shown as it is. */
export const workbookReasons = {
  same_bytes: 'такой же файл уже был',
  same_content: 'те же данные уже были в другом файле',
  older_stamp: 'отчёт старше того, что уже есть: добавлен только в историю',
  unpacked: 'архив распакован, каждый файл в нём принят отдельно',
  message_opened: 'письмо открыто, каждый файл в нём принят отдельно',
  unknown_sender: 'отправителя нет в списке доверенных',
  unproven_sender: 'отправитель не подтверждён: письмо могло прийти от другого',
  unexpected_name: 'имя файла не такое, какое бывает у этих отчётов',
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

/** How the check of the From address ended, see RFC 8601. */
export const senderProofs = {
  fail: 'письмо не прошло проверку DMARC и могло прийти от другого',
  none: 'почтовый сервер не нашёл подписи его домена (DMARC, DKIM, SPF)',
  temperror: 'почтовый сервер не смог проверить письмо (DMARC: temperror)',
  permerror: 'проверка DMARC у его домена настроена с ошибкой (permerror)',
  missing: 'почтовый сервер не проверял письмо (нет Authentication-Results)',
  ambiguous: 'в письме не один адрес отправителя',
}

/** Reasons that name a fact. */
export const reasonsWithFacts = {
  shrunk: (usual: string) => `строк намного меньше, чем обычно (обычно около ${usual})`,
  missing_columns: (headings: string) => `не хватает обязательных колонок: ${headings}`,
  unproven_sender: (proof: string) => `отправитель не подтверждён: ${proof}`,
  same_bytes: (id: string) => `такой же файл уже был: №${id}`,
  same_content: (id: string) => `те же данные уже были в другом файле: №${id}`,
}
