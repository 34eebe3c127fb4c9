import type { Cell } from '@atermtrack/domain'
import { containerNumber, wagonNumber, waybillNumber } from './identifiers.ts'
import { xlsx } from './xlsx.ts'

export interface RosterEntry {
  readonly container: string
  readonly type: string
  readonly weightKg: number
  readonly wagon: string
  readonly waybill: string
  readonly destination: string
  readonly client: string
}

export interface TrainRosterOptions {
  readonly entries: readonly RosterEntry[]
  /** The label of the container's column; rosters are typed by hand and differ. */
  readonly containerLabel?: string
}

/** A valid line of a roster, `fields` laid over it. */
export function aRosterEntry(fields: Partial<RosterEntry> = {}): RosterEntry {
  return {
    container: containerNumber(0),
    type: '45G1',
    weightKg: 26_575,
    wagon: wagonNumber(0),
    waybill: waybillNumber(0),
    destination: 'Селятино',
    client: 'ООО "Снежный Мыс"',
    ...fields,
  }
}

/** A train roster (.xlsx): header on line 1, the client in column L. Its train code stands in the file name alone. */
export function aTrainRoster({ entries, containerLabel = '№ контейнера' }: TrainRosterOptions): Promise<Buffer> {
  const header = [
    '№',
    containerLabel,
    'Тип',
    'Вес',
    'Вагон',
    'Накладная',
    'Пломба',
    'Станция назн.',
    'Груз',
    'Тара',
    'Собственник',
    'Клиент',
  ]
  return xlsx([{ name: 'Лист1', rows: [header, ...entries.map(entryCells)] }])
}

function entryCells(entry: RosterEntry, index: number): readonly Cell[] {
  return [
    index + 1,
    entry.container,
    entry.type,
    entry.weightKg,
    Number(entry.wagon),
    entry.waybill,
    String(1_000_001 + index),
    entry.destination,
    'груз',
    3_800,
    'собств.',
    entry.client,
  ]
}
