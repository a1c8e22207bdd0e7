import type { Scenario } from './scenario.ts'
import { backendsTerminated } from './scenarios/backends-terminated.ts'
import { brokenNetwork } from './scenarios/broken-network.ts'
import { brokerStalls } from './scenarios/broker-stalls.ts'
import { consumerKilled } from './scenarios/consumer-killed.ts'
import { consumersComeAndGo } from './scenarios/consumers-come-and-go.ts'
import { databaseRestarts } from './scenarios/database-restarts.ts'
import { heldSnapshot } from './scenarios/held-snapshot.ts'
import { poison } from './scenarios/poison.ts'
import { relayKilled } from './scenarios/relay-killed.ts'
import { writerKilled } from './scenarios/writer-killed.ts'

/** The ten kinds of faults that are injected between an entry and its count. */
export const scenarios: readonly Scenario[] = [
  writerKilled,
  relayKilled,
  consumerKilled,
  databaseRestarts,
  backendsTerminated,
  brokerStalls,
  brokenNetwork,
  consumersComeAndGo,
  poison,
  heldSnapshot,
]
