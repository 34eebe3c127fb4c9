import { defineAction } from '../../routing/action.ts'
import { token } from '../../routing/parameters.ts'

/** Does what the command of this name does. */
export const openSection = defineAction('admin-open', { command: token })
