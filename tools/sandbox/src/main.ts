import { serveSandbox } from './serve-sandbox.ts'

const { pageUrl, apiRoot } = await serveSandbox(process.env)
console.log(`sandbox: chat page ${pageUrl}, Bot API root ${apiRoot}`)
