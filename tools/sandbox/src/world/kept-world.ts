import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { StoredFile } from './file-store.ts'
import type { Update, User } from './telegram-types.ts'
import type { UpdateHub } from './update-hub.ts'
import type { Bot, ChatState, SeenMessage, World } from './world.ts'

/** A chat as it is written: maps and sets as lists. */
interface KeptChat extends Omit<ChatState, 'messages' | 'members'> {
  readonly messages: readonly SeenMessage[]
  readonly members: readonly number[]
}

interface KeptWorld {
  readonly bot: Pick<Bot, 'id' | 'description' | 'shortDescription'> & {
    readonly commands: readonly (readonly [string, readonly unknown[]])[]
    readonly menuButtons: readonly (readonly [number, unknown])[]
  }
  readonly persons: readonly User[]
  readonly chats: readonly KeptChat[]
  readonly counters: World['counters']
  readonly files: readonly Omit<StoredFile, 'bytes'>[]
  readonly pending: readonly Update[]
  readonly lastUpdateId: number
}

/** Changes that come soon after each other are written together. */
const gatherMs = 500

/** Fills the world and the queue of updates with what the folder holds; false where it holds nothing. Throws when it is damaged. */
export function restoreWorld(world: World, hub: UpdateHub, dir: string): boolean {
  const text = readIfThere(join(dir, 'world.json'))
  if (text === undefined) return false
  const kept = JSON.parse(text.toString('utf8')) as KeptWorld
  const { commands, menuButtons, ...bot } = kept.bot
  Object.assign(world.bot, bot)
  for (const [key, list] of commands) world.bot.commands.set(key, list)
  for (const [chatId, button] of menuButtons) world.bot.menuButtons.set(chatId, button)
  for (const person of kept.persons) world.persons.set(person.id, person)
  for (const { messages, members, ...chat } of kept.chats) {
    const known = new Map(messages.map((message) => [message.message_id, message]))
    // A field without a value is not written.
    world.chats.set(chat.chat.id, {
      ...chat,
      keyboard: chat.keyboard,
      migratedTo: chat.migratedTo,
      messages: known,
      members: new Set(members),
    })
  }
  Object.assign(world.counters, kept.counters)
  for (const file of kept.files) {
    const bytes = readIfThere(join(dir, 'files', file.uniqueId))
    if (bytes) world.files.restore({ ...file, bytes })
  }
  hub.restore(kept.pending, kept.lastUpdateId)
  return true
}

/** Writes the world into the folder whenever it has changed, and at the disposal. */
export function keepWorld(world: World, hub: UpdateHub, dir: string): AsyncDisposable {
  mkdirSync(join(dir, 'files'), { recursive: true })
  const written = new Set<string>()
  let writing: Promise<void> | undefined
  const save = () => write(world, hub, { dir, written })
  const end = new AbortController()
  const unsubscribe = world.events.subscribe(() => {
    writing ??= delay(gatherMs, undefined, { ref: false, signal: end.signal }).then(
      () => {
        writing = undefined
        save()
      },
      // The end writes by itself, and the folder may be gone after it.
      () => undefined,
    )
  })
  return {
    async [Symbol.asyncDispose]() {
      unsubscribe()
      end.abort()
      save()
    },
  }
}

function write(world: World, hub: UpdateHub, place: { readonly dir: string; readonly written: Set<string> }): void {
  const { dir, written } = place
  const files = world.files.list()
  for (const { uniqueId, bytes } of files) {
    if (written.has(uniqueId)) continue
    writeFileSync(join(dir, 'files', uniqueId), bytes)
    written.add(uniqueId)
  }
  const path = join(dir, 'world.json')
  // A kill in the middle leaves the former state.
  writeFileSync(`${path}.part`, JSON.stringify(toKept(world, hub, files)))
  renameSync(`${path}.part`, path)
}

function toKept(world: World, hub: UpdateHub, files: readonly StoredFile[]): KeptWorld {
  const { id, description, shortDescription, commands, menuButtons } = world.bot
  return {
    bot: { id, description, shortDescription, commands: [...commands], menuButtons: [...menuButtons] },
    persons: [...world.persons.values()],
    chats: Array.from(world.chats.values(), (chat) => ({
      ...chat,
      messages: [...chat.messages.values()],
      members: [...chat.members],
    })),
    counters: world.counters,
    files: files.map(({ bytes: _bytes, ...file }) => file),
    pending: [...hub.pending.values()],
    lastUpdateId: hub.lastId(),
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
