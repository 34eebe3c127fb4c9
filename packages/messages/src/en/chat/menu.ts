import type { menu as ru } from '../../ru/chat/menu.ts'

export const menu: typeof ru = {
  lookup: '📦 Tracking',
  subscriptions: '📂 My subscriptions',
  attention: '🔥 Attention',
  email: '📧 E-mail',
  settings: '⚙️ Settings',
  admin: '🛠 Administration',
  help: '❓ Help',
}
