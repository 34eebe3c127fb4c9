import { TextDecoder } from 'node:util'

type Decode = (bytes: Uint8Array, options?: { readonly stream?: boolean }) => string

/** The signs of windows-1252 at 0x80 to 0x9f; the five places without a sign are controls. */
const SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'
const FIRST_SIGN = 0x80
// oxlint-disable-next-line no-control-regex -- the controls are what is replaced
const CONTROLS = /[\u0080-\u009f]/gu

/** A decoder of a charset by its name. Node 20 and some later ones take windows-1252 for Latin-1. Throws for an unknown name. */
export function createTextDecoder(charset: string): Decode {
  const decoder = new TextDecoder(charset)
  if (decoder.encoding !== 'windows-1252') return (bytes, options) => decoder.decode(bytes, options)
  return (bytes, options) =>
    decoder.decode(bytes, options).replace(CONTROLS, (sign) => SIGNS.charAt(sign.charCodeAt(0) - FIRST_SIGN))
}
