import { readRegisterQuestion } from '../../register/read-register.ts'
import { findTrainCodes } from '../../values/train-code.ts'
import { readChanges } from '../read-changes.ts'
import { readFilter, readPartly, readUnknownPlace } from '../read-filter.ts'
import { readNumbers, readTail } from '../read-numbers.ts'
import { readPlans } from '../short/read-plans.ts'
import { readSmallTalk } from '../short/read-small-talk.ts'
import { readTrainName } from '../short/read-train-name.ts'
import { readStockQuestion, type StockNames } from '../../terminal/read-stock-question.ts'
import { filterLine } from './filter-line.ts'
import { knownStations } from './known-stations.ts'
import { stockLine } from './stock-line.ts'

/** A Sunday. */
const knowledge = { directory: knownStations, today: '2026-11-22' }
const stockNames: StockNames = {
  terminals: ['A-Terminal', 'Первомайский'],
  directions: ['Селятино', 'Электроугли'],
  stocks: ['Отправка по жд Сток 1', 'Отправка по жд Сток 2'],
  clients: ['ООО "Ромашка"'],
}

/** The files of questions as people ask them, beside this module's source. */
export const corpusFiles = ['questions.ru.tsv', 'questions.en.tsv'] as const

/** The questions in the text of a file, with their expected readings. */
export function questionsIn(text: string): readonly (readonly [question: string, reading: string])[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([question = '', reading = '']) => [question, reading])
}

/** Whether a reading leads to an answer, and not to the nearest questions or to examples. */
export function isAnswered(reading: string): boolean {
  return !/^(?:nothing|unknown |partly |mistyped )/.test(reading)
}

/** How a message is read, in a line; the readers are asked in the order in which the bot asks them. */
export function readingOf(text: string): string {
  return readingOfNumbers(text) ?? readingOfWords(text) ?? readingOfRest(text)
}

function readingOfNumbers(text: string): string | undefined {
  const { containers, corrected, wagons, waybills, mistyped } = readNumbers(text)
  const numbers = [...containers, ...wagons, ...waybills]
  if (numbers.length > 0) return [...numbers, ...corrected.map(({ written }) => `for ${written}`)].join(' ')
  const tail = readTail(text)
  if (mistyped.length > 0) return tail === undefined ? `mistyped ${mistyped.join(' ')}` : `tail ${tail}`
  const name = readTrainName(text)
  return name && (name.kind === 'code' ? `train ${name.code}` : `train number ${name.number}`)
}

function readingOfWords(text: string): string | undefined {
  const changes = readChanges(text, knowledge)
  if (changes) return `changes since ${changes.since}`
  if (readRegisterQuestion(text, knowledge.today)) return 'register'
  const talk = readSmallTalk(text)
  if (talk !== undefined) return `talk ${talk}`
  if (readPlans(text)) return 'plans'
  const reading = readFilter(text, knowledge)
  return reading && withUnread(filterLine(reading.filter), reading.unread)
}

function readingOfRest(text: string): string {
  const [train] = findTrainCodes(text)
  if (train !== undefined) return `train ${train}`
  const tail = readTail(text)
  if (tail !== undefined) return `tail ${tail}`
  const stock = readStockQuestion(text, { names: stockNames, today: knowledge.today })
  if (stock) return withUnread(`stock ${stockLine(stock.filter)}`, stock.unread)
  const place = readUnknownPlace(text, knowledge)
  if (place !== undefined) return `unknown ${place}`
  const partly = readPartly(text, knowledge)
  return partly ? withUnread(`partly ${filterLine(partly.filter)}`, partly.unread) : 'nothing'
}

function withUnread(line: string, unread: readonly string[]): string {
  return unread.length === 0 ? line : `${line} ? ${unread.join(' ')}`
}
