// The part of this package that a reading process needs: the lines of COPY, without the database client.
export { encodeDislocationRow } from './positions/import/dislocation-staging.ts'
export { encodeTerminalVisit } from './terminals/terminal-staging.ts'
