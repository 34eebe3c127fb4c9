export { freePort, startRedis } from '@atermtrack/servers'
export { asService, serviceRole } from './database/service-role.ts'
export { type StoredTerminalReport, storeTerminalReport } from './database/store-terminal-report.ts'
export { cloneDatabase, type TestDatabase } from './database/test-database.ts'
export {
  listSamples,
  readSample,
  type SampleDislocation,
  sampleDislocations,
  type SampleOdd,
  sampleOdd,
} from './samples.ts'
export { openHealth, type TestHealth } from './open-health.ts'
export { describe, expect, type Fixtures, onTestFinished, test } from './test.ts'
export { type ReceivedMessage, type SmtpAnswer, startSmtpServer, type TestSmtpServer } from './servers/smtp-server.ts'
export { type SocksProxy, type SocksProxyOptions, startSocksProxy } from './servers/socks-proxy.ts'
export { startTcpRelay, type TcpRelay } from './servers/tcp-relay.ts'
export { atLength } from './length.ts'
export { type QueueRecorder, recordQueues } from './record-queues.ts'
export { type LedgerRow, readLedger } from './read-ledger.ts'
export { openPolicy } from './open-policy.ts'
export { type ProcessMemory, readProcessMemory } from './process-memory.ts'
export { waitUntil, type WaitOptions } from './wait-until.ts'
export { bigDislocation } from './builders/big-dislocation.ts'
export { CURRENT_COLUMNS, type DislocationLabel, LEGACY_COLUMNS } from './builders/dislocation-columns.ts'
export { blankFields } from './builders/blank-fields.ts'
export { aDislocationRow, aDislocationWorkbook, type DislocationCells } from './builders/dislocation-workbook.ts'
export { containerNumber, wagonNumber, waybillNumber } from './builders/identifiers.ts'
export { aMessage, type MessageAttachment } from './builders/message.ts'
export { aTerminalDispatch, aTerminalReport, aTerminalVisit, type TerminalVisit } from './builders/terminal-report.ts'
export { aRosterEntry, aTrainRoster, type RosterEntry } from './builders/train-roster.ts'
export { xlsx } from './builders/xlsx.ts'
export { zip } from './builders/zip.ts'
export { type ContainerFact } from './simulator/dislocation-snapshot.ts'
export { simulatedMessage, simulateFortnight, type SimulatedFile } from './simulator/simulate-fortnight.ts'
export { writeSimulatedInbox } from './simulator/write-simulated-inbox.ts'
export type { Train as SimulatedTrain, Trip as SimulatedTrip } from './simulator/train.ts'
export { createWorld, type World } from './simulator/world.ts'
export { moscowInstant, moscowText } from './builders/wall-clock.ts'
