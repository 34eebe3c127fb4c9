export const backups = {
  failed: 'Резервная копия не сделана',
  overdue: (time: string) => `Резервной копии нет уже ${time}`,
  last: (moment: string) => `Последняя сделана ${moment}.`,
  never: 'Ни одна ещё не удалась.',
  failedHint: 'Следующая попытка — не позже чем через два часа. Сделать копию сейчас: cli backup create.',
  overdueHint: 'Проверьте, запущен ли контейнер backup и есть ли место на его диске.',
  recovered: (moment: string) => `Резервная копия снова есть, сделана ${moment}.`,
}
