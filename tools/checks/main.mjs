import { checkShape } from './check-shape.mjs'
import { checkWords } from './check-words.mjs'

const problems = [...checkShape(), ...checkWords()]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
