import { hasValidCheckDigit, type ContainerNumber } from '../values/container-number.ts'
import { cyrillicCapitals, latinCapitals } from '../values/look-alikes.ts'
import { findTrainCodes, type TrainCode } from '../values/train-code.ts'
import { lookAlikeNumber } from './suggest-containers.ts'
import { isValidWagonNumber, type WagonNumber } from '../values/wagon-number.ts'
import { parseWaybill, type Waybill } from '../values/waybill.ts'

/** The numbers in a text: distinct ones of each kind, in the order of the text. */
export interface Numbers {
  /** A wrong check digit does not matter. */
  readonly containers: readonly ContainerNumber[]
  /** Pieces that resemble a container number but are not one, as they were written. */
  readonly mistyped: readonly string[]
  /** Containers among them whose letters and digits were mistaken for each other. */
  readonly corrected: readonly CorrectedNumber[]
  /** With a wrong check digit only where the text calls them wagons, or contains nothing else. */
  readonly wagons: readonly WagonNumber[]
  readonly waybills: readonly Waybill[]
  readonly trains: readonly TrainCode[]
  /** The text without containers, wagons and waybills. */
  readonly rest: string
}

/** A number as it was written, and as it was read. */
export interface CorrectedNumber {
  readonly written: string
  readonly container: ContainerNumber
  /** The characters that were mistaken for others, each pair once. */
  readonly slips: readonly { readonly written: string; readonly meant: string }[]
}

/** A longer text is cut. */
const longestText = 100_000

// Line breaks never join a number: `MSKU601167` and the `2.` of the next line of a list are two things.
// All counts are bounded, so that the work grows with the length of the text alone.
const containerNumbers = /(?<!\p{L})[A-Z]{3}[ -]?[UJZ][\t -]{0,3}\d(?:[ -]{0,2}\d){5}[\t -]{0,3}\d(?!\d)/gu
const attempts =
  /(?<![\p{L}\p{N}])(?:[A-Z]{3,5}[\t -]{0,2}[\dOI](?:[ -]{0,2}[\dOI]){4,8}|[A-Z]{3}[UJZ][\t -]{0,2}[\dOILSBZЗБ]{6,7}|[A-ZА-Я]{3}[UJZYЗЙЖ][\t -]{0,2}\d{6,7}|[A-Z]{3}[UJZ]\d{3,4})(?![\p{L}\p{N}])/gu
const wagonNumbers =
  /(?:(?<!\p{L})(вагон\p{L}{0,3}|ваг\.?|в\.|платформ\p{L}{0,3}|wagons?)[ \t:]{0,2}(?:№|#)?[ \t]{0,2}|(?<![\p{L}\p{N}]))(\d{4} ?\d{4}|(?<=\p{L}[ \t:.№#]{1,6})\d{4}-\d{4})(?!-?[\p{L}\p{N}])/giu
const waybillNumbers = /(?<![\p{L}\p{N}])([А-ЯЁ]{2})(?:-| ?№? ?)\d{3} ?\d{3}(?![\p{L}\p{N}])/gu
const bareNumbers =
  /(?<!\p{L})(?:контейнер\p{L}{0,3}|ктк|containers?)[ \t:]{0,2}(?:№|#)?[ \t]{0,2}(\d{4,11})(?![\p{L}\p{N}])/giu
const loneNumber = /^\s{0,9}(?:\d{7}|\d{9,11})\s{0,9}$/u
const loneWagon = /^\s{0,9}\d{4} ?\d{4}\s{0,9}$/u
/** A short word in front of six digits is no series of waybills: `на 181102`. */
const shortWords = new Set(
  'ДО НА ПО ЗА ОТ ИЗ СТ НЕ ВО СО КО ОБ ЛИ ЖЕ БЫ ТО НО ДА КМ ОК МЫ ВЫ ОН ИХ АТ ОР ДР'.split(' '),
)
/** Stands in the text for a container that was taken out of it. */
const taken = '\uE000'

/**
 * Finds the numbers in free text: any separators, pasted tables, blanks or dashes inside, Cyrillic and Latin look-alikes. In a
 * table of containers the wagon, the waybill and the train of a row describe its container and are not part of the question.
 */
export function readNumbers(text: string): Numbers {
  const containers = new Set<ContainerNumber>()
  const mistyped = new Set<string>()
  const corrected = new Map<ContainerNumber, string>()
  const withoutContainers = replaceAligned(normalise(text), containerNumbers, latinCapitals, (piece, [capitals]) => {
    const number = capitals.replace(/[\t -]/g, '') as ContainerNumber
    // The next cell of a table is a check digit only when it fits.
    if (/\t[\t -]*\d$/.test(piece) && !hasValidCheckDigit(number)) return false
    containers.add(number)
    return true
  })
  const withoutAttempts = replaceAligned(withoutContainers, attempts, latinCapitals, (piece) => {
    const likely = isLikelyAttempt(piece)
    const meant = likely ? lookAlikeNumber(piece) : undefined
    if (meant !== undefined && !containers.has(meant)) corrected.set(meant, piece)
    if (meant !== undefined) containers.add(meant)
    else if (likely) mistyped.add(piece)
    return likely
  })
  const described = withoutDescriptions(withoutAttempts)
  const { wagons, rest: withoutWagons } = extractWagons(described)
  const { waybills, rest: withoutWaybills } = extractWaybills(withoutWagons)
  const rest = extractBareNumbers(withoutWaybills, mistyped)
  return {
    containers: [...containers],
    mistyped: [...mistyped],
    corrected: [...corrected].map(([container, written]) => ({
      written,
      container,
      slips: slipsIn(written, container),
    })),
    wagons: [...wagons],
    waybills: [...waybills],
    trains: findTrainCodes(rest),
    rest: rest.replaceAll(taken, ' '),
  }
}

function slipsIn(piece: string, container: ContainerNumber): CorrectedNumber['slips'] {
  const written = Array.from(latinCapitals(piece.replace(/[^\p{L}\p{N}]/gu, '')))
  const pairs = new Set(written.map((character, place) => `${character}${container.charAt(place)}`))
  return [...pairs]
    .map(([character = '', meant = '']) => ({ written: character, meant }))
    .filter((slip) => slip.written !== slip.meant)
}

const tails =
  /^\s{0,9}(?:(?:а|и|ну|где|что|там|с|по|найди|покажи|контейнер\p{L}{0,3}|номер|ктк|container|number|ending|where|is|and|what|about|find|show|на|№|#|in|with)\s{0,3}){0,5}[.…*\s]{0,5}(\d{4,7}|\d(?:[ -]?\d){6})(?:\s{1,3}(?:где|там|сейчас|статус|where|is|it|now|status)){0,3}[\s?.!]{0,3}$/iu

/** The last digits of a container number, four to seven of them, where a text consists of nothing else. */
export function readTail(text: string): string | undefined {
  return tails.exec(text)?.[1]?.replace(/\D/g, '')
}

function normalise(text: string): string {
  return text
    .slice(0, longestText)
    .replace(/[\p{Cf}\uE000]/gu, '')
    .replace(/[^\S\n\r\t]/g, ' ')
    .replace(/[\p{Pd}−]/gu, '-')
}

/** Words stand in front of numbers too; a Russian one (ТЕСТ 12345) can consist of look-alikes and stands apart from it. */
function isLikelyAttempt(piece: string): boolean {
  if (/^(?:wagon|train|code|road)[^a-z]/i.test(piece)) return false
  if (/^\p{L}{4}[\t -]*(?:\d[\t -]*){7}$/u.test(piece)) return true
  if (/^\p{L}{4}\d{3,4}$/u.test(piece)) return true
  return /(?:\d\D*){4}/.test(piece) && (/[a-z]/i.test(piece) || /^\p{L}+\d/u.test(piece))
}

/** Empties the rows of a table that hold a container; a single line is no table. */
function withoutDescriptions(text: string): string {
  const lines = text.split(/[\n\r]+/)
  const rows = lines.filter((line) => line.includes(taken))
  return rows.length < 2 ? text : lines.filter((line) => !line.includes(taken)).join('\n')
}

function extractWagons(text: string): { readonly wagons: ReadonlySet<WagonNumber>; readonly rest: string } {
  const wagons = new Set<WagonNumber>()
  const isAlone = loneWagon.test(text)
  const rest = replaceAligned(text, wagonNumbers, same, (_, [, word, digits = '']) => {
    const number = digits.replace(/[ -]/, '') as WagonNumber
    const isWagon = isAlone || word !== undefined || isValidWagonNumber(number)
    if (isWagon) wagons.add(number)
    return isWagon
  })
  return { wagons, rest }
}

function extractWaybills(text: string): { readonly waybills: ReadonlySet<Waybill>; readonly rest: string } {
  const waybills = new Set<Waybill>()
  const rest = replaceAligned(text, waybillNumbers, cyrillicCapitals, (_, [capitals, series = '']) => {
    const waybill = shortWords.has(series) ? undefined : parseWaybill(capitals)
    if (waybill !== undefined) waybills.add(waybill)
    return waybill !== undefined
  })
  return { waybills, rest }
}

/** Finds digits without letters, alone or named a container. */
function extractBareNumbers(text: string, mistyped: Set<string>): string {
  if (loneNumber.test(text)) {
    mistyped.add(text.trim())
    return ' '
  }
  return replaceAligned(text, bareNumbers, same, (_, [, digits = '']) => mistyped.add(digits).size > 0)
}

function same(text: string): string {
  return text
}

/** Matches in the `spelled` text, shows each match as it was written, and blanks out the accepted ones. */
function replaceAligned(
  written: string,
  pattern: RegExp,
  spelled: (text: string) => string,
  take: (piece: string, match: RegExpExecArray) => boolean,
): string {
  let rest = ''
  let end = 0
  for (const match of spelled(written).matchAll(pattern)) {
    const { 0: found, index } = match
    const piece = written.slice(index, index + found.length)
    rest += written.slice(end, index) + (take(piece, match) ? ` ${taken} ` : piece)
    end = index + piece.length
  }
  return rest + written.slice(end)
}
