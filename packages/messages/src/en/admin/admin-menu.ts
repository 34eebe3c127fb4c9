import type { adminMenu as ru } from '../../ru/admin/admin-menu.ts'

export const adminMenu: typeof ru = {
  command: 'Administration: everything for admins',
  title: '🛠 <b>Administration</b>\nWhat would you like to open?',
}
