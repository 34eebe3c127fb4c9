export const adminMenu = {
  command: 'Управление: всё для администратора',
  title: '🛠 <b>Управление</b>\nЧто открыть?',
}
