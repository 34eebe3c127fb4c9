/** A module whose first load in a process fails, as when a file could not be read for a moment. */
const mark = Symbol.for('atermtrack.fails-once')
const isFirstLoad = !Reflect.has(globalThis, mark)
Reflect.set(globalThis, mark, true)
if (isFirstLoad) throw new Error('the first load of this module fails, as its test wants')

export const loads = 'the second load'
