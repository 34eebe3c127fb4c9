/** Why a workbook is in its state, as a sentence for people. The codes are stored; an unknown one is shown as it is. */
const sentences: Readonly<Record<string, string>> = {
  same_bytes: 'такой же файл уже был',
  same_content: 'те же данные уже были в другом файле',
  older_stamp: 'отчёт старше того, что уже есть: добавлен только в историю',
  unpacked: 'архив распакован, каждый файл в нём принят отдельно',
  unknown_sender: 'отправителя нет в списке доверенных',
  unknown_layout: 'таблица незнакома: не нашлись известные заголовки',
  missing_columns: 'не хватает обязательных колонок',
  no_rows: 'в таблице нет ни одной строки с данными',
  no_train_code: 'не понятно, к какому поезду относится список: в имени файла нет номера вида К25-073',
  future_stamp: 'отчёт помечен временем позже письма',
  shrunk: 'строк намного меньше, чем обычно',
  undone: 'импорт отменён администратором',
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
  reader_died: 'файл не удаётся прочитать: чтение несколько раз обрывалось',
  too_slow: 'файл читается слишком долго',
  import_failed: 'импорт не удался из-за ошибки на нашей стороне',
}

/** The sentence of a reason code. */
export function reasonSentence(code: string): string {
  return sentences[code] ?? code
}
