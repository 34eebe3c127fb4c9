import { checkShape } from './check-shape.mjs'

const problems = [...checkShape()]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length === 0 ? 0 : 1
