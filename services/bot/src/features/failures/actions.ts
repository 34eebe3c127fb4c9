import { defineAction } from '../../routing/action.ts'
import { token } from '../../routing/parameters.ts'

export const listFailures = defineAction('ref-list')
/** The code that a person was shown. */
export const showFailure = defineAction('ref-show', { reference: token })
