import { writeFile } from 'node:fs/promises'
import { workbooks } from '@atermtrack/data'
import { type Command, readId, UsageError } from '../../command.ts'
import { openDatabase } from '../../connections.ts'
import { getWorkbook } from './decide-workbooks.ts'

export const saveWorkbookCommand: Command = {
  right: 'review_workbooks',
  usage: '<id> <path>',
  about: 'write the original file of a workbook, of any size, to a path that does not exist yet',
  async run({ args: [text, path], env, print }) {
    const id = readId(text, 'the id of a workbook')
    if (!path) throw new UsageError('expected the path to write to')
    await using db = openDatabase(env)
    const { sha256, size } = await getWorkbook(db, id)
    await writeFile(path, await workbooks.getContent(db, { sha256, size }), { flag: 'wx' })
    print(`${size} bytes are written to ${path}`)
  },
}
