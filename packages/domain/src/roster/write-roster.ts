/** A list of a train that was typed, as a CSV file that Excel opens; the heading stands over the numbers. */
export function writeRoster(containers: readonly string[], heading: string): string {
  return `\uFEFF${[heading, ...containers].join('\r\n')}\r\n`
}
