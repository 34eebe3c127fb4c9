import { isDeepStrictEqual } from 'node:util'
import { createDirectory, type Directory, type KnownStation } from '@atermtrack/domain'
import type { Db } from '../platform/client.ts'
import { listStations } from './directory.ts'

/** Returns the directory of the stations that the files have named. */
export type FindDirectory = (tx: Db, now: Date) => Promise<Directory>

const cachedMs = 60_000

/** Caches the directory for a minute: it has a few thousand rows that hardly ever change, and building it takes long. */
export function createDirectoryCache(): FindDirectory {
  let cached:
    | { readonly stations: readonly KnownStation[]; readonly directory: Directory; readonly readAt: number }
    | undefined
  return async (tx, now) => {
    const age = cached === undefined ? Infinity : Math.abs(now.getTime() - cached.readAt)
    if (cached === undefined || age >= cachedMs) {
      const stations = await listStations(tx)
      const known =
        cached && isDeepStrictEqual(stations, cached.stations) ? cached.directory : createDirectory(stations)
      cached = { stations, directory: known, readAt: now.getTime() }
    }
    return cached.directory
  }
}
