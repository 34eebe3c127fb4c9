import { type ZipFile, zipFiles } from '@atermtrack/workbook-reader/package'

/** Large workbooks are built often: a fast level is worth the bytes. */
const level = 4

/** A zip archive of the files in their order; the same files always give the same bytes. */
export async function zip(files: readonly ZipFile[]): Promise<Buffer> {
  return zipFiles(files, level)
}
