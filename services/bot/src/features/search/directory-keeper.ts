import { type Db, directory } from '@atermtrack/data'
import { createDirectory, type Directory } from '@atermtrack/domain'

/** Hands out the directory of the stations that the files have named. */
export type FindDirectory = (tx: Db, now: Date) => Promise<Directory>

const keptMs = 60_000

/** Reads the directory anew once a minute: a few thousand rows that hardly ever change. */
export function createDirectoryKeeper(): FindDirectory {
  let kept: { readonly directory: Directory; readonly readAt: number } | undefined
  return async (tx, now) => {
    const age = kept === undefined ? Infinity : Math.abs(now.getTime() - kept.readAt)
    if (kept === undefined || age >= keptMs) {
      kept = { directory: createDirectory(await directory.listStations(tx)), readAt: now.getTime() }
    }
    return kept.directory
  }
}
