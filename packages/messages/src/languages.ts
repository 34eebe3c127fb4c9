// Every language that people can read is one folder of texts and one line here.
export * as ru from './ru/index.ts'
export * as en from './en/index.ts'
