import { defineAction } from '../../../routing/action.ts'
import { rowId, trainCode } from '../../../routing/parameters.ts'

export const beginMove = defineAction('train-move', { trainCode })
/** Makes the move that the message with this button has shown, which its update identifies. */
export const makeMove = defineAction('train-moved', { trainCode, to: trainCode, shown: rowId })
export const dropMove = defineAction('train-move-no')
