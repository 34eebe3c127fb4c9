export { type Db, type DbLogger, type DbOptions, openDb } from './client.ts'
export { listMissingMigrations, migrate } from './migrate.ts'
export * as reports from './reports.ts'
