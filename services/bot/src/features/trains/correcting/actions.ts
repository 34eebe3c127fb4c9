import { defineAction } from '../../../routing/action.ts'
import { count, trainCode } from '../../../routing/parameters.ts'

export const correctTrain = defineAction('train-fix', { trainCode })
export const correctDestination = defineAction('train-fix-to', { trainCode })
export const correctDate = defineAction('train-fix-day', { trainCode })
export const correctCode = defineAction('train-fix-code', { trainCode })
export const askToRemove = defineAction('train-drop', { trainCode })
/** `containers` is how many the person has seen beside the button. */
export const removeTrain = defineAction('train-dropped', { trainCode, containers: count })
