/** The first line of each part. */
export const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const packageTypes = 'http://schemas.openxmlformats.org/package/2006'
export const officeTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A part of relationships, with the ids `rId1`, `rId2` and so on in the order of the targets. */
export function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const lines = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${officeTypes}/${type}" Target="${target}"/>`,
  )
  return `${xml}<Relationships xmlns="${packageTypes}/relationships">${lines.join('')}</Relationships>`
}
