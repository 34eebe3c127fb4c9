import { defineAction } from '../../routing/action.ts'
import { containerNumber, oneOf, rowId, trainCode } from '../../routing/parameters.ts'

/** A message, or a workbook. */
const as = oneOf('text', 'excel')

/** Each asks how something is to be passed on. The update of its question identifies a list. */
export const shareCard = defineAction('share-card', { container: containerNumber })
export const shareList = defineAction('share-list', { list: rowId })
export const shareTrain = defineAction('share-train', { trainCode })

export const sendCard = defineAction('share-card-as', { as, container: containerNumber })
export const sendList = defineAction('share-list-as', { as, list: rowId })
export const sendTrain = defineAction('share-train-as', { as, trainCode })
