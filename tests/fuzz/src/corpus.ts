import {
  listSamples,
  readSample,
  simulateFortnight,
  simulatedMessage,
  type SimulatedFile,
  xlsx,
} from '@atermtrack/testkit'
import { read, write } from '@e965/xlsx'
import { writeZip } from './mutators/zip-file.ts'

export type FileKind = 'xlsx' | 'xlsb' | 'ods' | 'xls' | 'xml' | 'html' | 'csv' | 'zip' | 'eml'

/** A whole file that the ingester understands. */
export interface SeedFile {
  readonly kind: FileKind
  readonly fileName: string
  readonly bytes: Buffer
}

const simulatedUntil = new Date('2025-09-18T12:00:00Z')
const simulatedScale = 0.1
/** Larger messages would spend the time of the run on base64. */
const longestMessage = 120_000

/** The project's own workbooks and messages, in every format that is read. Always the same, in the same order. */
export async function loadCorpus(): Promise<readonly SeedFile[]> {
  const simulated = await simulatedFiles()
  const samples = await Promise.all((await listSamples('files')).slice(0, 6).map(toWorkbook))
  const workbooks = [...samples, ...simulated.map(({ fileName, content }) => aSeed('xlsx', fileName, content))]
  const others = simulated.flatMap(inOtherFormats)
  return [...workbooks, ...others, ...archives(workbooks), ...(await messages(simulated)), await unknownTable()]
}

/** One file of each kind: the largest, because it covers the most. */
async function simulatedFiles(): Promise<readonly SimulatedFile[]> {
  const newest = new Map<string, SimulatedFile>()
  for await (const file of simulateFortnight({ now: simulatedUntil, scale: simulatedScale }))
    newest.set(file.kind, file)
  return [...newest.values()]
}

async function toWorkbook(path: string): Promise<SeedFile> {
  return aSeed('xlsx', path.slice(path.indexOf('/') + 1), await readSample(path))
}

const formats = [
  { kind: 'xlsb', bookType: 'xlsb' },
  { kind: 'ods', bookType: 'ods' },
  { kind: 'xls', bookType: 'biff8' },
  { kind: 'xls', bookType: 'biff5' },
  { kind: 'xml', bookType: 'xlml' },
  { kind: 'html', bookType: 'html' },
  { kind: 'csv', bookType: 'csv' },
] as const

function inOtherFormats({ fileName, content }: SimulatedFile): readonly SeedFile[] {
  const book = read(content)
  return formats.map(({ kind, bookType }) => {
    const bytes = Buffer.from(write(book, { bookType, type: 'buffer', compression: kind !== 'ods' }) as Uint8Array)
    return aSeed(kind, fileName.replace(/xlsx$/, kind), bytes)
  })
}

function archives(workbooks: readonly SeedFile[]): readonly SeedFile[] {
  const parts = workbooks.slice(0, 3).map(({ fileName, bytes }) => ({ name: fileName, content: bytes }))
  return [aSeed('zip', 'отчёты.zip', writeZip(parts)), aSeed('zip', 'отчёт.zip', writeZip(parts.slice(0, 1)))]
}

async function messages(simulated: readonly SimulatedFile[]): Promise<readonly SeedFile[]> {
  const paths = await listSamples('odd')
  const odd = await Promise.all(paths.map(async (path) => aSeed('eml', path, await readSample(path))))
  const plain = simulated.map((file) => aSeed('eml', `${file.kind}.eml`, simulatedMessage(file)))
  return [...odd.filter(({ bytes }) => bytes.length <= longestMessage), ...plain]
}

/** A table that is not a report. */
async function unknownTable(): Promise<SeedFile> {
  return aSeed(
    'xlsx',
    'таблица.xlsx',
    await xlsx([
      {
        name: 'Лист1',
        rows: [
          ['a', 'b'],
          [1, 2],
          [true, undefined],
        ],
      },
    ]),
  )
}

function aSeed(kind: FileKind, fileName: string, bytes: Buffer): SeedFile {
  return { kind, fileName: fileName.split('/').at(-1) ?? fileName, bytes }
}
