import { runningTrace } from '@atermtrack/runtime'
import { CompiledQuery, type Dialect } from 'kysely'

/**
 * The statement by which a transaction names the trace of its work, for the rows that it inserts: `trace` is set by its default. Undefined
 * where nothing is traced. The text is made of hexadecimal digits, since SET takes no parameters.
 */
export function traceStatement(): string | undefined {
  const trace = runningTrace()
  return trace === undefined ? undefined : `set local atermtrack.trace = '${trace}'`
}

/** A dialect whose transactions begin with the trace of their work. */
export function namingTraces(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver()
      const begin = driver.beginTransaction.bind(driver)
      driver.beginTransaction = async (connection, settings) => {
        await begin(connection, settings)
        const statement = traceStatement()
        if (statement !== undefined) await connection.executeQuery(CompiledQuery.raw(statement))
      }
      return driver
    },
  }
}
