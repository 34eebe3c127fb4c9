/** The order in which waiting deliveries leave: a lower number is sooner. */
export const deliveryPriority = { answer: 1, code: 1, alert: 2, report: 3, broadcast: 4 } as const
