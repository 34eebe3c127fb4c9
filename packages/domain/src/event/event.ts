/** Kinds of events of a container, under the names that are stored. A name is never given to another kind. */
export const eventKinds = [
  'departed',
  'arrived_at_station',
  'abandoned',
  'picked_up',
  'long_idle_began',
  'long_idle_ended',
  'wagon_changed',
  'train_changed',
  'destination_changed',
  'arrived',
  'unloaded',
  'left_terminal',
  'came_to_terminal',
  'missing',
  'returned',
  'forecast_moved',
  'norm_at_risk',
  'norm_missed',
  'free_days_end',
] as const
export type EventKind = (typeof eventKinds)[number]

/** The kinds that a person is notified about who has chosen none. */
export const usualEventKinds: readonly EventKind[] = [
  'abandoned',
  'picked_up',
  'arrived',
  'norm_at_risk',
  'norm_missed',
  'missing',
  'returned',
]

/** How soon an event is to be known: an urgent one is never held back for a digest, a quiet one never makes a sound. */
export type Severity = 'urgent' | 'usual' | 'quiet'

/** The severity of each kind. */
export const severities: Readonly<Record<EventKind, Severity>> = {
  departed: 'quiet',
  arrived_at_station: 'quiet',
  abandoned: 'urgent',
  picked_up: 'usual',
  long_idle_began: 'usual',
  long_idle_ended: 'quiet',
  wagon_changed: 'quiet',
  train_changed: 'quiet',
  destination_changed: 'urgent',
  arrived: 'usual',
  unloaded: 'quiet',
  left_terminal: 'quiet',
  came_to_terminal: 'quiet',
  missing: 'usual',
  returned: 'usual',
  forecast_moved: 'usual',
  norm_at_risk: 'usual',
  norm_missed: 'urgent',
  free_days_end: 'urgent',
}

/** An event of a container as the rule gives it, before it is stored. */
export interface DerivedEvent {
  readonly kind: EventKind
  /** With container and kind it names the event for ever: times and stations, never the number of a row. */
  readonly identity: string
  readonly happenedAt: Date
}
