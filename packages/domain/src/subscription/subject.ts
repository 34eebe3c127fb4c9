/** The subject of a subscription: a list of containers, or something that each slot resolves again. */
export const subscriptionSubjects = ['containers', 'train', 'company', 'client', 'destination', 'question'] as const
export type SubscriptionSubject = (typeof subscriptionSubjects)[number]

/** A report holds no more containers. */
export const mostReportContainers = 50_000
/** A list of a subscription holds no more. */
export const mostListed = 1_000
/** Times of day of one subscription. */
export const mostSlots = 6
export const longestSubscriptionName = 60
/** A longer text of a subject is refused. */
export const longestSubjectText = 300
