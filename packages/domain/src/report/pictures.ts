/**
 * The pictures that people can ask for: the way of a container, its pace beside the usual one, the way of a train, where many containers
 * are, when they arrive, and the stock of a terminal by day. Stored names: none is ever given to another picture.
 */
export const pictureKinds = ['route', 'pace', 'train_route', 'map', 'arrivals', 'stock'] as const
export type PictureKind = (typeof pictureKinds)[number]

/** The kind that a text names; undefined for one that this release does not know. */
export function pictureKindOf(text: string | null): PictureKind | undefined {
  return pictureKinds.find((kind) => kind === text)
}
