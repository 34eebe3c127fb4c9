export { type CommandRequest, ensureCommand } from './ensure-command.ts'
export { freePort } from './free-port.ts'
export { type PostgresOptions, type PostgresServer, startPostgres } from './start-postgres.ts'
export { type RedisOptions, type RedisServer, startRedis } from './start-redis.ts'
