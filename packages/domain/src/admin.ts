/** A person, as far as it is about who decides. */
export interface Rightful {
  readonly telegramId: number
  readonly role: 'admin' | 'operator' | 'viewer' | null
  readonly access: 'none' | 'requested' | 'granted' | 'denied'
}

/** Whether a person decides for everybody: by the settings of the installation, or as an admin who was let in and still is. */
export function isAdmin({ telegramId, role, access }: Rightful, adminChatIds: readonly number[]): boolean {
  return adminChatIds.includes(telegramId) || (role === 'admin' && access === 'granted')
}
