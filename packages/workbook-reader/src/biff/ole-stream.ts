import { UnreadableWorkbook } from '../unreadable-workbook.ts'

interface OleFile {
  readonly file: Buffer
  readonly sectorBytes: number
  /** Next sector of each sector; a negative number ends a chain. */
  readonly table: Int32Array
}

interface OleEntry {
  readonly name: string
  readonly start: number
  readonly size: number
}

const HEADER_BYTES = 512
const ENTRY_BYTES = 128
const HEADER_TABLE_SECTORS = 109
const MINI_SECTOR_BYTES = 64
const MINI_STREAM_CUTOFF = 4_096
const ROOT_NAME = 'Root Entry'

/** The bytes of the first of the named streams that an OLE file has, names in any letter case. Throws `UnreadableWorkbook`. */
export function readOleStream(file: Buffer, names: readonly string[]): Buffer {
  const sectorShift = file.length < HEADER_BYTES ? 0 : file.readUInt16LE(30)
  if (sectorShift !== 9 && sectorShift !== 12) throw new UnreadableWorkbook('damaged', 'OLE header')
  const sectorBytes = 2 ** sectorShift
  const ole = { file, sectorBytes, table: readSectorTable(file, sectorBytes) }
  const entries = listEntries(readChain(ole, file.readInt32LE(48)))
  const entry = names.map((name) => findEntry(entries, name)).find((found) => found !== undefined)
  if (!entry) throw new UnreadableWorkbook('not_a_workbook', 'no workbook stream')
  const stream = entry.size < MINI_STREAM_CUTOFF ? readMiniStream(ole, entries, entry) : readChain(ole, entry.start)
  if (stream.length < entry.size) throw new UnreadableWorkbook('truncated', 'workbook stream')
  return stream.subarray(0, entry.size)
}

/** The places of the table's own sectors stand in the header, and behind that in a chain of sectors of their own. */
function readSectorTable(file: Buffer, sectorBytes: number): Int32Array {
  const count = Math.floor(file.length / sectorBytes)
  const places = readPlaces(file, 76, HEADER_TABLE_SECTORS)
  let next = file.readInt32LE(68)
  for (let hops = 0; next >= 0 && hops < count; hops++) {
    const sector = sectorAt(file, sectorBytes, next)
    places.push(...readPlaces(sector, 0, sectorBytes / 4 - 1))
    next = sector.readInt32LE(sectorBytes - 4)
  }
  const used = places.filter((place) => place >= 0).slice(0, Math.ceil((count * 4) / sectorBytes))
  const sectors = used.map((place) => sectorAt(file, sectorBytes, place))
  return Int32Array.from(sectors.flatMap((sector) => readPlaces(sector, 0, sectorBytes / 4)))
}

function readPlaces(bytes: Buffer, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => bytes.readInt32LE(from + index * 4))
}

function readChain({ file, sectorBytes, table }: OleFile, start: number): Buffer {
  const sectors: Buffer[] = []
  for (const sector of followChain(table, start)) sectors.push(sectorAt(file, sectorBytes, sector))
  return Buffer.concat(sectors)
}

/** Each sector of a chain; one that comes round again is no chain. */
function* followChain(table: Int32Array, start: number): Generator<number> {
  let sector: number | undefined = start
  for (let hops = 0; sector !== undefined && sector >= 0; hops++) {
    if (hops > table.length) throw new UnreadableWorkbook('damaged', 'an OLE chain without an end')
    yield sector
    sector = table[sector]
  }
}

/** The last sector of a file may lack its unused end. */
function sectorAt(file: Buffer, sectorBytes: number, sector: number): Buffer {
  const from = (sector + 1) * sectorBytes
  if (from >= file.length) throw new UnreadableWorkbook('truncated', 'OLE sector beyond the end of the file')
  const bytes = file.subarray(from, from + sectorBytes)
  return bytes.length === sectorBytes ? bytes : Buffer.concat([bytes], sectorBytes)
}

function listEntries(directory: Buffer): readonly OleEntry[] {
  const entries: OleEntry[] = []
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
    const nameBytes = Math.min(64, directory.readUInt16LE(at + 64))
    const name = directory.toString('utf16le', at, at + Math.max(0, nameBytes - 2))
    entries.push({ name, start: directory.readInt32LE(at + 116), size: directory.readUInt32LE(at + 120) })
  }
  return entries
}

function findEntry(entries: readonly OleEntry[], name: string): OleEntry | undefined {
  return entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase())
}

/** Short streams share the stream of the root entry, in small sectors with a table of their own. */
function readMiniStream(ole: OleFile, entries: readonly OleEntry[], entry: OleEntry): Buffer {
  const root = findEntry(entries, ROOT_NAME) ?? entries[0]
  if (!root) throw new UnreadableWorkbook('damaged', 'OLE directory')
  const container = readChain(ole, root.start)
  const miniTable = readChain(ole, ole.file.readInt32LE(60))
  const table = Int32Array.from(readPlaces(miniTable, 0, Math.floor(miniTable.length / 4)))
  const sectors: Buffer[] = []
  for (const sector of followChain(table, entry.start)) {
    sectors.push(container.subarray(sector * MINI_SECTOR_BYTES, (sector + 1) * MINI_SECTOR_BYTES))
  }
  return Buffer.concat(sectors)
}
