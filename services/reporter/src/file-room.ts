import { type ByteRoom, createByteRoom } from '@atermtrack/runtime'

/** A large workbook takes many times its size of memory, so it is alone. */
const mostFileBytes = 20_000_000

/** The room for people's workbooks that are processed side by side. */
export function openFileRoom(): ByteRoom {
  return createByteRoom(mostFileBytes)
}
