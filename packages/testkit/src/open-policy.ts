import type { AccessPolicy } from '@atermtrack/domain'

/** Lets everybody in about whom no admin has decided; for tests that are not about rights. */
export const openPolicy: AccessPolicy = { mode: 'open', adminChatIds: [], unnamed: 'hidden' }
