import type { CompiledQuery, QueryResult } from 'kysely'
import type { Db } from '../client.ts'

/** Stands for a value while a statement is compiled. */
interface Slot {
  readonly take: (values: object) => unknown
}

/** A longer list is compiled with its values: a slot for each would cost more than it saves. */
const longestList = 10
/** Texts of one statement that are kept: one for each length of its lists and each shape. */
const mostKept = 100

/**
 * Builds a statement once for all values and runs it with those at hand: for the statements of each question, which Kysely takes
 * longer to put together than PostgreSQL to answer. `build` gets slots in place of the `values` and may only bind them, a list element
 * by element; it must not look into them. Whatever changes the text belongs into the `shape`, which is plain data.
 */
export function compileOnce<Given extends object, Shape, Row>(
  build: (db: Db, values: Given, shape: Shape) => CompiledQuery<Row>,
): (db: Db, values: Given, ...rest: unknown extends Shape ? [] : [shape: Shape]) => Promise<QueryResult<Row>> {
  const kept = new Map<string, CompiledQuery<Row>>()

  function compiled(db: Db, values: Given, shape: Shape): CompiledQuery<Row> {
    const key = keyOf(values, shape)
    const known = kept.get(key)
    if (known) return known
    const statement = compileWithSlots(values, (slots) => build(db, slots, shape))
    const [oldest] = kept.keys()
    if (kept.size === mostKept && oldest !== undefined) kept.delete(oldest)
    kept.set(key, statement)
    return statement
  }

  return async (db, values, ...rest) => {
    const shape = rest[0] as Shape
    if (Object.values(values).some(isLong)) return db.executeQuery(build(db, values, shape))
    const statement = compiled(db, values, shape)
    return db.executeQuery({ ...statement, parameters: statement.parameters.map((bound) => fill(bound, values)) })
  }
}

function isLong(value: unknown): boolean {
  return Array.isArray(value) && value.length > longestList
}

/** The text of a statement depends on its shape, on the lengths of its lists, and on the values that are there at all. */
function keyOf(values: object, shape: unknown): string {
  const sizes = Object.values(values).map((value) => {
    if (Array.isArray(value)) return value.length
    return value === undefined ? '-' : '+'
  })
  return `${sizes.join()} ${JSON.stringify(shape)}`
}

const slots = new WeakSet<object>()

function compileWithSlots<Given extends object, Row>(
  values: Given,
  build: (slots: Given) => CompiledQuery<Row>,
): CompiledQuery<Row> {
  const made = new Map<Slot, string>()
  const slot = (name: string, take: Slot['take']) => {
    const one = { take }
    slots.add(one)
    made.set(one, name)
    return one
  }
  const entries = Object.entries(values).map(([name, value]) => {
    if (value === undefined) return [name, undefined]
    if (!Array.isArray(value)) return [name, slot(name, (given) => given[name as keyof typeof given])]
    return [
      name,
      value.map((_, index) => slot(name, (given) => (given[name as keyof typeof given] as readonly unknown[])[index])),
    ]
  })
  const statement = build(Object.fromEntries(entries) as Given)
  const bound = new Set<unknown>(statement.parameters.flat())
  const lost = [...made].find(([one]) => !bound.has(one))
  // It was looked at, and the text would keep what was seen.
  if (lost) throw new Error(`a statement that is compiled once does not bind ${lost[1]}`)
  return statement
}

function fill(bound: unknown, values: object): unknown {
  if (Array.isArray(bound)) return bound.map((element) => fill(element, values))
  return isSlot(bound) ? bound.take(values) : bound
}

function isSlot(value: unknown): value is Slot {
  return typeof value === 'object' && value !== null && slots.has(value)
}
