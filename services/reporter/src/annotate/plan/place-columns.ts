import type { AnnotationPlan, OwnColumn, SheetPlan, StatusColumn } from './plan.ts'

/** A column that is appended to a sheet, with its place there. */
export type PlacedColumn = StatusColumn & OwnColumn

/** Where the columns go in a sheet, from left to right: in the place of earlier ones, else from `firstFree` on. */
export function placeColumns(
  { columns }: Pick<AnnotationPlan, 'columns'>,
  { own }: Pick<SheetPlan, 'own'>,
  firstFree: number,
): readonly PlacedColumn[] {
  const places = own ?? columns.map((_, index) => ({ column: firstFree + index, index }))
  return places.flatMap((place) => {
    const column = columns[place.index]
    return column ? [{ ...column, ...place }] : []
  })
}
