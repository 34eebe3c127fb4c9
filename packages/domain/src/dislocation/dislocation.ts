import type { ContainerNumber } from '../values/container-number.ts'
import type { Road, Station } from '../values/station.ts'
import type { WallTime } from '../values/wall-time.ts'
import type { FieldValues } from './dislocation-fields.ts'

/**
 * One row of a dislocation report, read and typed. Distances are kilometres, the weight kilograms. An unknown distance is
 * undefined, which is not 0 (arrived).
 */
export interface DislocationRow extends FieldValues {
  /** 1-based row of the sheet, for warnings and for the order of rows. */
  readonly rowNumber: number
  readonly container: ContainerNumber
  readonly operation: string
  readonly operationMnemonic: string | undefined
  readonly operationStation: Station
  readonly operationRoad: Road | undefined
  readonly operatedWall: WallTime
  readonly operatedAt: Date
  readonly originStation: Station | undefined
  readonly originRoad: Road | undefined
  readonly destinationStation: Station | undefined
  readonly destinationRoad: Road | undefined
}
