/** How many days a statistic covers, today included. */
export const statisticsDays = { day: 1, week: 7, month: 30 } as const
export type StatisticsPeriod = keyof typeof statisticsDays
export const statisticsPeriods = ['day', 'week', 'month'] as const satisfies readonly StatisticsPeriod[]
