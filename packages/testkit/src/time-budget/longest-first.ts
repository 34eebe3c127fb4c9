import { readFileSync } from 'node:fs'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { readDeclaredTime } from './judge-files.ts'

/** A class, because vitest constructs its sequencer. */
export class LongestFirst extends BaseSequencer {
  /**
   * Starts the projects in the order of `long`, `integration`, `unit`, and in each the files that declare the longest time
   * first: a long file that starts last would run alone.
   */
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = (await super.sort(files)).map((file) => ({
      file,
      project: order.indexOf(file.project.name),
      seconds: readDeclaredTime(readFileSync(file.moduleId, 'utf8'))?.seconds ?? 0,
    }))
    return ranked.sort((a, b) => a.project - b.project || b.seconds - a.seconds).map(({ file }) => file)
  }
}

const order = ['long', 'integration', 'unit']
