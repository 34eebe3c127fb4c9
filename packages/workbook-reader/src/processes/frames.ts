import { Deserializer, Serializer } from 'node:v8'

// A process and its parent speak in frames: a header, the lengths of the byte arrays, the value, the byte arrays. A byte array
// within a value travels beside it, so that a whole file is never copied into a larger buffer. A part is bytes alone.

const kinds = { part: 1, message: 2 } as const
const headerBytes = 9

/** Receives what the other side sends. */
export interface FrameListener {
  /** A piece of a part, of any length: its bytes are shown as they arrive. */
  readonly part: (bytes: Uint8Array) => void
  readonly message: (message: unknown) => void
}

/** The buffers of a frame that holds a value, in the order in which they are sent. Its byte arrays are not copied. */
export function encodeMessage(message: unknown): readonly Uint8Array[] {
  const arrays: Uint8Array[] = []
  const serializer = new Serializer()
  Object.assign(serializer, {
    _writeHostObject(value: unknown) {
      if (!(value instanceof Uint8Array)) throw new TypeError('only arrays of bytes can be sent')
      serializer.writeUint32(arrays.push(value) - 1)
    },
    _getDataCloneError: Error,
  })
  ;(serializer as unknown as HostObjects)._setTreatArrayBufferViewsAsHostObjects(true)
  serializer.writeHeader()
  serializer.writeValue(message)
  const value = serializer.releaseBuffer()
  const lengths = Buffer.alloc(4 * arrays.length)
  for (const [place, { byteLength }] of arrays.entries()) lengths.writeUInt32LE(byteLength, 4 * place)
  return [header(kinds.message, value.byteLength, arrays.length), lengths, value, ...arrays]
}

/** The buffers of a frame that holds a part. */
export function encodePart(bytes: Uint8Array): readonly Uint8Array[] {
  return [header(kinds.part, bytes.byteLength, 0), bytes]
}

interface HostObjects {
  readonly _setTreatArrayBufferViewsAsHostObjects: (mode: boolean) => void
}

function header(kind: number, length: number, arrays: number): Buffer {
  const bytes = Buffer.alloc(headerBytes)
  bytes.writeUInt8(kind, 0)
  bytes.writeUInt32LE(length, 1)
  bytes.writeUInt32LE(arrays, 5)
  return bytes
}

/** Reads one message: yields each buffer that is to be filled next, wherever its bytes come from, and returns the message. */
export function* readMessage(): Generator<Uint8Array, unknown, undefined> {
  const head = Buffer.alloc(headerBytes)
  yield head
  return yield* readValue(head)
}

function* readValue(head: Buffer): Generator<Uint8Array, unknown, undefined> {
  const lengths = Buffer.alloc(4 * head.readUInt32LE(5))
  yield lengths
  const value = Buffer.allocUnsafeSlow(head.readUInt32LE(1))
  yield value
  const arrays: Uint8Array[] = []
  for (let at = 0; at < lengths.length; at += 4) {
    const array = new Uint8Array(lengths.readUInt32LE(at))
    yield array
    arrays.push(array)
  }
  const deserializer = new Deserializer(value)
  Object.assign(deserializer, { _readHostObject: () => arrays[deserializer.readUint32()] })
  deserializer.readHeader()
  return deserializer.readValue()
}

/** Returns a function that accepts the bytes of a stream, however they are cut, and shows the frames in them. */
export function createFrameParser({ part, message }: FrameListener): (chunk: Uint8Array) => void {
  /** Yields a buffer to fill, or the count of the bytes to show as they arrive. */
  function* readFrames(): Generator<Uint8Array | number, never, undefined> {
    for (;;) {
      const head = Buffer.alloc(headerBytes)
      yield head
      if (head.readUInt8(0) === kinds.part) yield head.readUInt32LE(1)
      else message(yield* readValue(head))
    }
  }
  const wanted = readFrames()
  let next = wanted.next().value
  let got = 0
  return (chunk) => {
    let rest = chunk
    for (;;) {
      const size = typeof next === 'number' ? next : next.byteLength
      const piece = rest.subarray(0, size - got)
      if (typeof next !== 'number') next.set(piece, got)
      else if (piece.byteLength > 0) part(piece)
      got += piece.byteLength
      rest = rest.subarray(piece.byteLength)
      if (got < size) return
      next = wanted.next().value
      got = 0
    }
  }
}
