export { corpusFiles, isAnswered, questionsIn, readingOf } from './reading-of.ts'
