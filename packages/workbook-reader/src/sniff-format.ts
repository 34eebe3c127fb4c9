import { TextDecoder } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { charsetOfMark } from './text/text-charset.ts'

/** `zip` is a plain archive, `package` another kind of document in a zip, `archive` one that is not unpacked here. */
export type WorkbookFormat =
  | 'xlsx'
  | 'xlsb'
  | 'ods'
  | 'zip'
  | 'package'
  | 'archive'
  | 'biff'
  | 'encrypted'
  | 'ole'
  | 'html'
  | 'spreadsheetml'
  | 'csv'
  | 'unknown'

const HEAD_BYTES = 4_096
const MAX_NAMES = 1_000
const OLE_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const DIRECTORY_END = Buffer.from('504b0506', 'hex')
const DIRECTORY_ENTRY = 0x02_01_4b_50
const DIRECTORY_ENTRY_BYTES = 46
const DIRECTORY_END_BYTES = 22
const SPREADSHEET_TYPE = 'opendocument.spreadsheet'
const TYPE_ENTRY = Buffer.from('mimetype')
const LOCAL_HEADER_BYTES = 30
const DEFLATED = 8
const OLE_HEADER_BYTES = 512
const OLE_ENTRY_BYTES = 128
// rar, 7z, gzip, bzip2, xz
const ARCHIVE_SIGNATURES = ['526172211a07', '377abcaf271c', '1f8b08', '425a68', 'fd377a585a00']
// These begin like a text.
const DOCUMENT_STARTS = ['%pdf-', '{\\rtf']

/** Finds the format of a file by its bytes alone; its name and declared type do not count. */
export function sniffFormat(bytes: Uint8Array): WorkbookFormat {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1'))) return sniffZip(file)
  if (file.subarray(0, 8).equals(OLE_SIGNATURE)) return sniffOle(file)
  if (ARCHIVE_SIGNATURES.some((signature) => startsWith(file, signature))) return 'archive'
  return sniffText(file.subarray(0, HEAD_BYTES))
}

function startsWith(file: Buffer, signature: string): boolean {
  return file.toString('hex', 0, signature.length / 2) === signature
}

function sniffZip(file: Buffer): WorkbookFormat {
  const names = listZipNames(file)
  // A zip without a directory has been cut off; the reader of the commonest kind reports that.
  if (names.length === 0) return 'xlsx'
  if (names.includes('xl/workbook.bin')) return 'xlsb'
  if (names.includes('mimetype')) {
    return isSpreadsheet(file) && names.includes('content.xml') ? 'ods' : 'package'
  }
  if (!names.includes('[content_types].xml')) return 'zip'
  return names.some((name) => name.startsWith('word/') || name.startsWith('ppt/')) ? 'package' : 'xlsx'
}

/** The type of an OpenDocument file is its first entry; some programs pack it. */
function isSpreadsheet(file: Buffer): boolean {
  const head = file.subarray(0, HEAD_BYTES)
  if (head.includes(SPREADSHEET_TYPE, 0, 'latin1')) return true
  const name = head.indexOf(TYPE_ENTRY)
  if (name < LOCAL_HEADER_BYTES || head.readUInt16LE(name - LOCAL_HEADER_BYTES + 8) !== DEFLATED) return false
  const from = name + TYPE_ENTRY.length + head.readUInt16LE(name - 2)
  try {
    // The packed size may stand behind the data only: what follows is not read.
    const type = inflateRawSync(file.subarray(from, from + HEAD_BYTES), { maxOutputLength: HEAD_BYTES })
    return type.includes(SPREADSHEET_TYPE, 0, 'latin1')
  } catch {
    return false
  }
}

/** Walks the central directory only: a workbook stored inside a zip must not pass for the zip itself. */
function listZipNames(file: Buffer): readonly string[] {
  const end = file.lastIndexOf(DIRECTORY_END)
  if (end === -1 || end + DIRECTORY_END_BYTES > file.length) return []
  const names: string[] = []
  let at = file.readUInt32LE(end + 16)
  while (names.length < MAX_NAMES && at + DIRECTORY_ENTRY_BYTES <= end && file.readUInt32LE(at) === DIRECTORY_ENTRY) {
    const nameStart = at + DIRECTORY_ENTRY_BYTES
    const nameEnd = nameStart + file.readUInt16LE(at + 28)
    names.push(file.toString('latin1', nameStart, nameEnd).replaceAll('\\', '/').toLowerCase())
    at = nameEnd + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return names
}

function sniffOle(file: Buffer): WorkbookFormat {
  if (hasOleStream(file, 'EncryptedPackage')) return 'encrypted'
  return hasOleStream(file, 'Workbook') || hasOleStream(file, 'Book') ? 'biff' : 'ole'
}

/** Directory entries lie on 128-byte borders and begin with a zero-ended UTF-16 name of any letter case, its size at byte 64. */
function hasOleStream(file: Buffer, name: string): boolean {
  const wanted = `${name}\0`.toLowerCase()
  const size = wanted.length * 2
  for (let at = OLE_HEADER_BYTES; at + OLE_ENTRY_BYTES <= file.length; at += OLE_ENTRY_BYTES) {
    if (file.readUInt16LE(at + 64) !== size) continue
    if (file.toString('utf16le', at, at + size).toLowerCase() === wanted) return true
  }
  return false
}

function sniffText(head: Buffer): WorkbookFormat {
  const text = decodeHead(head)
  if (text.startsWith('<')) return sniffMarkup(text)
  if (text === '' || DOCUMENT_STARTS.some((start) => text.startsWith(start))) return 'unknown'
  // oxlint-disable-next-line no-control-regex -- control characters distinguish binary from text
  return /[\u0000-\u0008\u000e-\u001f]/u.test(text) ? 'unknown' : 'csv'
}

function sniffMarkup(text: string): WorkbookFormat {
  if (text.includes('urn:schemas-microsoft-com:office:spreadsheet') && /<(?:\w+:)?workbook/u.test(text)) {
    return 'spreadsheetml'
  }
  return /<(?:!doctype html|html|head|meta|style|body|table|tr)[\s>]/u.test(text) ? 'html' : 'unknown'
}

/** One-byte charsets differ only outside ASCII, where nothing is looked for. */
function decodeHead(head: Buffer): string {
  const charset = charsetOfMark(head) ?? 'latin1'
  return new TextDecoder(charset).decode(head).trimStart().toLowerCase()
}
