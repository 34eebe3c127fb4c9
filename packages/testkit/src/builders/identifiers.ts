const OWNERS = ['DVTU', 'PRMU', 'ZALU', 'OKTU', 'VSTU', 'TMRU', 'SVLU'] as const
const WAYBILL_SERIES = ['ЭФ', 'ЭЮ', 'ЭГ', 'ЭЯ', 'ЭХ', 'ЭЦ'] as const
/** Platforms begin with 9 or 5, open wagons with 6. */
const WAGON_SERIES = ['94', '54', '62', '95'] as const
/** Coprime with every power of ten, so consecutive numbers look unrelated and never meet within the range. */
const STRIDE = 7919

/** The n-th valid container number of invented owners; distinct for n below 1,000,000. */
export function containerNumber(n: number): string {
  const body = cycled(OWNERS, n) + digits(n * STRIDE + 123_457, 6)
  return body + isoCheckDigit(body)
}

/** The n-th valid eight-digit wagon number; distinct for n below 100,000. */
export function wagonNumber(n: number): string {
  const body = cycled(WAGON_SERIES, n) + digits(n * STRIDE + 12_345, 5)
  return body + wagonCheckDigit(body)
}

/** The n-th waybill number, `ЭФ038927` for 0; distinct for n below 1,000,000. */
export function waybillNumber(n: number): string {
  return cycled(WAYBILL_SERIES, n) + digits(n * STRIDE + 38_927, 6)
}

/** One item per index, over and over. */
export function cycled<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length]
  if (item === undefined) throw new RangeError(`nothing stands at ${String(index)}`)
  return item
}

function digits(value: number, width: number): string {
  return String(value % 10 ** width).padStart(width, '0')
}

// A second implementation on purpose: the code under test must not produce its own test data.
function isoCheckDigit(body: string): string {
  const sum = Array.from(body).reduce((total, char, place) => total + isoValue(char) * 2 ** place, 0)
  return String((sum % 11) % 10)
}

/** Letters count from 10 and leave out 11, 22 and 33. */
function isoValue(char: string): number {
  if (char >= '0' && char <= '9') return Number(char)
  const plain = char.charCodeAt(0) - 'A'.charCodeAt(0) + 10
  return plain + Math.floor((plain - 1) / 10)
}

function wagonCheckDigit(body: string): string {
  const sum = Array.from(body).reduce((total, char, place) => {
    const product = Number(char) * (place % 2 === 0 ? 2 : 1)
    return total + Math.floor(product / 10) + (product % 10)
  }, 0)
  return String((10 - (sum % 10)) % 10)
}
