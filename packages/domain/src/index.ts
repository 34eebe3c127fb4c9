export type { Cell, DateCell, ErrorCell } from './cell.ts'
export type { ContainerNumber } from './container-number.ts'
export type { DislocationRow, Road, Station } from './dislocation.ts'
export type { WallTime } from './wall-time.ts'
