import type { TableRow } from './report-data.ts'

/** As the person has listed them, by train and destination, or by destination and distance. */
export type RowOrder = 'own' | 'train' | 'destination'

// A comparison of its own for each pair would take most of the time of a long list.
const { compare } = new Intl.Collator('ru')

/** Compares names by the alphabet. */
export const compareNames: (one: string, other: string) => number = compare

/** The rows in an order; `own` is the order in which they come. */
export function inOrder(rows: readonly TableRow[], order: RowOrder): readonly TableRow[] {
  if (order === 'own') return rows
  return rows.toSorted(order === 'train' ? byTrain : byDestinationAndDistance)
}

/** The train by which people know the container: that of the terminal, else that of the railway. */
export function trainOf({ terminalTrain, position }: TableRow): string | undefined {
  return terminalTrain ?? position.trainIndex ?? position.trainNumber ?? undefined
}

function byTrain(one: TableRow, other: TableRow): number {
  return byText(trainOf(one), trainOf(other)) || byDestinationAndDistance(one, other)
}

function byDestinationAndDistance({ position: a }: TableRow, { position: b }: TableRow): number {
  return (
    byText(a.destination?.name, b.destination?.name) ||
    (a.kmLeft ?? Infinity) - (b.kmLeft ?? Infinity) ||
    (a.container < b.container ? -1 : 1)
  )
}

/** Rows without a text stand behind those that have one. */
function byText(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0
  if (!one || !other) return one ? -1 : 1
  return compare(one, other)
}
