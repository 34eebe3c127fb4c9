const dayMs = 86_400_000

/**
 * Days for which a terminal visit or a train list names the parties of a container. They do not apply to a trip that starts later,
 * since container numbers are used again.
 */
export const partyDays = { afterDispatch: 7, afterLastReport: 30, afterRoster: 7 } as const

/** The facts about one container that decide its parties. */
export interface ContainerFiles<Party> {
  /** The railway's position; undefined while the railway has not reported the container. */
  readonly position: { readonly tripStartedAt: Date | undefined; readonly parties: readonly Party[] } | undefined
  /** The last visit to a terminal. */
  readonly visit:
    | { readonly dispatchedAt: Date | undefined; readonly reportedAt: Date; readonly parties: readonly Party[] }
    | undefined
  /** The newest of the valid train lists that contain the container. */
  readonly roster: { readonly sentAt: Date; readonly parties: readonly Party[] } | undefined
}

/** The parties of a container: those the railway names, those of its last visit, and those of its newest train list. */
export function partiesOfContainer<Party>({ position, visit, roster }: ContainerFiles<Party>): readonly Party[] {
  const startsAfter = (moment: Date, days: number) =>
    position?.tripStartedAt !== undefined && position.tripStartedAt.getTime() > moment.getTime() + days * dayMs
  const { afterDispatch, afterLastReport, afterRoster } = partyDays
  const isVisitOver =
    visit &&
    (visit.dispatchedAt
      ? startsAfter(visit.dispatchedAt, afterDispatch)
      : startsAfter(visit.reportedAt, afterLastReport))
  return [
    ...(position?.parties ?? []),
    ...(visit && !isVisitOver ? visit.parties : []),
    ...(roster && !startsAfter(roster.sentAt, afterRoster) ? roster.parties : []),
  ]
}

/** A client or a party by its name and its ИНН. */
export interface PartyIdentity {
  /** The name without case, punctuation and legal form. */
  readonly key: string | undefined
  /** Its own ИНН, else the only one that terminals report for the name. */
  readonly inn: string | undefined
}

/** Whether a file means a client of a company. The ИНН alone decides where both sides have one, else the name does. */
export function isSameParty(client: PartyIdentity, party: PartyIdentity): boolean {
  if (client.inn !== undefined && party.inn !== undefined) return client.inn === party.inn
  return client.key !== undefined && client.key === party.key
}
