import { defineAction } from '../../routing/action.ts'
import { oneOf, timeOfDay } from '../../routing/parameters.ts'

// The buttons stand in the group or topic that they are about.
export const setGroupQuiet = defineAction('grp-quiet', { from: timeOfDay, until: timeOfDay })
export const dropGroupQuiet = defineAction('grp-quiet-off')
export const chooseGroupQuiet = defineAction('grp-quiet-how', { how: oneOf('silent', 'hold') })
/** A topic follows its group again. */
export const followGroupQuiet = defineAction('grp-quiet-as')
