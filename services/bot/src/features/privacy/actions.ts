import { defineAction } from '../../routing/action.ts'

export const showPrivacy = defineAction('privacy-show')
export const exportData = defineAction('privacy-export')
export const askToErase = defineAction('privacy-erase')
export const eraseData = defineAction('privacy-erase-yes')
