// Every npm script of the root calls this file: it installs the packages, builds, and runs the command.
// A fresh machine has only Node, so this file and bootstrap/ have no dependency and need no build.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`AtermTrack needs Node.js 20.19 or newer, this is ${process.versions.node}. See https://nodejs.org`)
  process.exit(1)
}

// Dynamic: an older Node would stop at their syntax before it printed the message above.
const { runCommand } = await import('./bootstrap/run-command.mjs')
const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await runCommand(name, args)
