export const menu = {
  lookup: '📦 Дислокация',
  subscriptions: '📂 Мои подписки',
  email: '📧 E-mail',
  settings: '⚙️ Настройки',
  help: '❓ Помощь',
}
