import { isDeepStrictEqual } from 'node:util'
import { type Db, directory } from '@atermtrack/data'
import { createDirectory, type Directory, type KnownStation } from '@atermtrack/domain'

/** Hands out the directory of the stations that the files have named. */
export type FindDirectory = (tx: Db, now: Date) => Promise<Directory>

const keptMs = 60_000

/** Reads the stations anew once a minute: a few thousand rows that hardly ever change, and arranging them takes long. */
export function createDirectoryKeeper(): FindDirectory {
  let kept:
    | { readonly stations: readonly KnownStation[]; readonly directory: Directory; readonly readAt: number }
    | undefined
  return async (tx, now) => {
    const age = kept === undefined ? Infinity : Math.abs(now.getTime() - kept.readAt)
    if (kept === undefined || age >= keptMs) {
      const stations = await directory.listStations(tx)
      const known = kept && isDeepStrictEqual(stations, kept.stations) ? kept.directory : createDirectory(stations)
      kept = { stations, directory: known, readAt: now.getTime() }
    }
    return kept.directory
  }
}
