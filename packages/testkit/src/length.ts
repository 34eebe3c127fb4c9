const isFull = process.env['TEST_LENGTH'] === 'full'

/** The short value in `npm test`, the full one in `npm run test:long`. */
export function atLength<T>({ short, full }: { readonly short: T; readonly full: T }): T {
  return isFull ? full : short
}
