import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../../../.github/workflows')

test.each(readdirSync(folder))('the forge would read the workflow %s without an error', async (name) => {
  const content = readFileSync(join(folder, name), 'utf8')
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter())
  expect(context.errors.getErrors().map(({ message }) => message)).toEqual([])
  if (!value) throw new Error('nothing was read')
  const { jobs, errors } = await convertWorkflowTemplate(context, value)
  expect(errors ?? []).toEqual([])
  expect(jobs.map(({ id }) => id.value)).toEqual(['checks-and-tests', 'image', 'manifests'])
})
