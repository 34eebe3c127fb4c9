import { defineAction } from '../../routing/action.ts'

export const refreshHealth = defineAction('health')
