export const menu = {
  lookup: '📦 Дислокация',
  subscriptions: '📂 Мои подписки',
  attention: '🔥 Что горит',
  email: '📧 E-mail',
  settings: '⚙️ Настройки',
  help: '❓ Помощь',
  admin: '🛠 Управление',
}
