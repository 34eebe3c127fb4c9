import { createHash } from 'node:crypto'
import { audit, everything, trainMoves, trains, workbooks } from '@atermtrack/data'
import { writeRoster } from '@atermtrack/domain'
import { importWorkbook } from '@atermtrack/queue'
import { readWait, waitOption } from '../../await-rows.ts'
import { type Command, readId } from '../../command.ts'
import { openDatabase } from '../../connections.ts'
import { enqueue } from '../../enqueue.ts'
import { declareRoster, readCode, readContainers, rosterOptions } from './declare-roster.ts'
import { follow } from '../workbooks/import-files.ts'

const mostRecorded = 20

export const listTrainsCommand: Command = {
  right: 'correct_trains',
  usage: '[--limit <n>]',
  about: 'list the trains, those with the newest lists first',
  options: { limit: { type: 'string', default: '20' } },
  async run({ options, env, table }) {
    const limit = readId(String(options['limit']), 'a limit')
    await using db = openDatabase(env)
    const { rows } = await trains.list(db, { offset: 0, limit, scope: everything })
    table(
      ['train', 'destination', 'sent (UTC)', 'containers'],
      rows.map(({ code, destination, sentAt, containers }) => [code, destination, sentAt, containers]),
    )
  },
}

export const createTrainCommand: Command = {
  right: 'correct_trains',
  usage: '<code> <container> … [--destination <station>] [--date <YYYY-MM-DD>] [--wait <seconds>] [--no-wait]',
  about: 'make a train by hand; from a file: import --as roster',
  options: { ...rosterOptions(), ...waitOption, 'no-wait': { type: 'boolean' } },
  async run({ args: [code, ...numbers], options, env, actor, print, table }) {
    const declared = declareRoster(code, options)
    const containers = readContainers(numbers)
    const until = readWait(options)
    await using db = openDatabase(env)
    const content = Buffer.from(writeRoster(containers, 'Контейнер'))
    const workbookId = await db.transaction().execute(async (tx) => {
      const { known } = await trains.find(tx, [declared.trainCode], everything)
      if (known.length > 0) throw new Error(`train ${declared.trainCode} is there already`)
      const id = await workbooks.insert(tx, {
        origin: 'command_line',
        fileName: `Поезд ${declared.trainCode}.csv`,
        content,
        sha256: createHash('sha256').update(content).digest(),
        receivedAt: new Date(),
        declared,
      })
      if (id === undefined) throw new Error('the list could not be stored')
      const details = { containers: containers.length, workbookId: id }
      await audit.insert(tx, { ...actor, action: 'train.created', object: `train:${declared.trainCode}`, details })
      return id
    })
    const isQueued = await enqueue(env, importWorkbook, { workbookId })
    print(`the list is workbook ${workbookId}${isQueued ? '' : ', which waits for the sweep, Redis does not answer'}`)
    if (options['no-wait'] !== true) await follow(db, [workbookId], { until, table })
  },
}

export const moveContainersCommand: Command = {
  right: 'correct_trains',
  usage: '<from> <to> <container> … [--yes]',
  about: 'move containers from one train to another; without --yes show what would change',
  options: { yes: { type: 'boolean' } },
  async run({ args: [from, to, ...numbers], options, env, actor, print, table }) {
    const asked = { from: readCode(from), to: readCode(to), containers: readContainers(numbers) }
    await using db = openDatabase(env)
    await db.transaction().execute(async (tx) => {
      const plan = await trainMoves.claim(tx, asked)
      if (!plan) throw new Error(`there is no list of train ${asked.from}, none of ${asked.to}, or both are one`)
      const { moving, elsewhere, absent } = plan
      table(
        ['container', 'what becomes of it'],
        [
          ...moving.map((container) => [container, `${asked.from} → ${asked.to}`]),
          ...elsewhere.map((container) => [container, 'stays: a newer list has it on another train']),
          ...absent.map((container) => [container, `stays: not on ${asked.from}`]),
        ],
      )
      if (moving.length === 0) throw new Error('there is nothing to move')
      if (options['yes'] !== true) return print('nothing has changed yet: add --yes')
      await trainMoves.make(tx, plan)
      const details = { to: asked.to, containers: moving.length, numbers: moving.slice(0, mostRecorded).join(' ') }
      await audit.insert(tx, { ...actor, action: 'train.containers_moved', object: `train:${asked.from}`, details })
      print(`moved ${moving.length} from ${asked.from} to ${asked.to}`)
    })
  },
}
