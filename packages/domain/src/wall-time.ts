/**
 * A clock reading without a zone, `YYYY-MM-DDTHH:MM:SS`, as a source printed it.
 * It sorts as text and PostgreSQL takes it for a `timestamp`.
 */
export type WallTime = string & { readonly __brand: 'WallTime' }
