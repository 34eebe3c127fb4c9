import type { ContainerNumber } from '../values/container-number.ts'
import type { WallTime } from '../values/wall-time.ts'

/** A station as a dislocation report names it; `code` is the six-digit ESR code. */
export interface Station {
  readonly name: string
  readonly code: string | undefined
}

/** A railway ("дорога"); `code` has two digits. */
export interface Road {
  readonly name: string
  readonly code: string | undefined
}

/** One row of a dislocation report, read and typed. Distances are kilometres, the weight kilograms. */
export interface DislocationRow {
  /** 1-based row of the sheet, for warnings and for the order of rows. */
  readonly rowNumber: number
  readonly container: ContainerNumber
  readonly operation: string
  readonly operationMnemonic: string | undefined
  readonly operationStation: Station
  readonly operationRoad: Road | undefined
  readonly operatedWall: WallTime
  readonly operatedAt: Date
  readonly waybill: string | undefined
  readonly containerType: string | undefined
  readonly tripStartedAt: Date | undefined
  readonly tripEndedAt: Date | undefined
  readonly originCountry: string | undefined
  readonly originStation: Station | undefined
  readonly originRoad: Road | undefined
  readonly destinationCountry: string | undefined
  readonly destinationStation: Station | undefined
  readonly destinationRoad: Road | undefined
  readonly consignorTgnl: string | undefined
  readonly consignorShort: string | undefined
  readonly consignorOkpo: string | undefined
  readonly consignor: string | undefined
  readonly consigneeTgnl: string | undefined
  readonly consigneeShort: string | undefined
  readonly consigneeOkpo: string | undefined
  readonly consignee: string | undefined
  readonly cargo: string | undefined
  readonly cargoCode: string | undefined
  readonly weightKg: number | undefined
  readonly condition: string | undefined
  readonly trainIndex: string | undefined
  /** The railway's train number; its `0` is read as none. */
  readonly trainNumber: string | undefined
  readonly wagon: string | undefined
  readonly seals: number | undefined
  readonly countryReceived: string | undefined
  readonly countryHanded: string | undefined
  readonly roadReceived: string | undefined
  readonly roadHanded: string | undefined
  readonly deliveryDueAt: Date | undefined
  readonly kmTotal: number | undefined
  readonly kmDone: number | undefined
  /** Unknown is undefined, which is not 0 (arrived). */
  readonly kmLeft: number | undefined
  readonly idleMinutes: number | undefined
  readonly shipmentId: string | undefined
  readonly waybillId: string | undefined
  readonly loaded: boolean | undefined
}
