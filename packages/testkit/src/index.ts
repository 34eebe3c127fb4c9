export { describe, expect, type Fixtures, onTestFinished, test } from './test.ts'
export { waitUntil, type WaitOptions } from './wait-until.ts'
