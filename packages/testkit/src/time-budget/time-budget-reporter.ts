import { readFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { relative } from 'node:path'
import type { Reporter, TestModule } from 'vitest/node'
import { type FileTime, findOverBudget, formatSlowest } from './judge-files.ts'

export interface TimeBudgetOptions {
  /** Seconds that a file of each project may take on an idle machine. */
  readonly budgets: Readonly<Record<string, number>>
  readonly root: string
}

const shown = 20
/** A run fails when a file takes this many times its budget. */
const tolerance = 2
/** A run that was slower than this only prints what exceeds a budget. */
const judgedUpTo = 3

/** Prints the slowest test files of a run and those beyond their budgets, and fails the run when one is far beyond. */
export function timeBudgetReporter({ budgets, root }: TimeBudgetOptions): Reporter {
  const slownesses = new Map<string, number>()

  async function timeOf(module: TestModule): Promise<FileTime> {
    const { moduleId, project } = module
    return {
      path: relative(root, moduleId),
      ms: module.diagnostic().duration,
      budgetSeconds: budgets[project.name] ?? Number.POSITIVE_INFINITY,
      slowness: slownesses.get(moduleId) ?? 1,
      source: await readFile(moduleId, 'utf8'),
    }
  }

  return {
    onTestModuleEnd({ moduleId }) {
      // The average of the last minute: processes that run or wait for a processor, the tests' own among them.
      const [load = 0] = loadavg()
      slownesses.set(moduleId, Math.max(1, load / availableParallelism()))
    },
    async onTestRunEnd(modules) {
      const files = await Promise.all(modules.map(async (module) => timeOf(module)))
      process.stdout.write(`\nThe slowest test files:\n${formatSlowest(files, shown)}\n`)
      const over = findOverBudget(files)
      if (over.length === 0) return
      process.stdout.write(`\nTest files beyond their time budget (see CONTRIBUTING.md):\n${over.join('\n')}\n`)
      // One slow file may be bad luck. On a busy machine the times say more about its other work than about the tests.
      const isFarOver =
        findOverBudget(files.map((file) => ({ ...file, slowness: file.slowness * tolerance }))).length > 0
      if (isFarOver && files.every(({ slowness }) => slowness <= judgedUpTo)) process.exitCode = 1
    },
  }
}
