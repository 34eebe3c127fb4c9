import { defineAction } from '../../routing/action.ts'
import { containerNumber, rowId, trainCode } from '../../routing/parameters.ts'

/** Each asks an example of the greeting, and answers in a message of its own. */
export const tryContainer = defineAction('try-container', { container: containerNumber })
export const tryTrain = defineAction('try-train', { trainCode })
/** What is bound for a station. */
export const tryStation = defineAction('try-station', { station: rowId })
