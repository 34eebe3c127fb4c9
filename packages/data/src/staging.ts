// What a reading thread needs of this package: the lines of COPY, without the database client.
export { encodeDislocationRow } from './dislocation-staging.ts'
export { encodeTerminalVisit } from './terminal-staging.ts'
