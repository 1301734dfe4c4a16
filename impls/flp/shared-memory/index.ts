import type { SharedProtocol } from '../../../src/node/index.ts'
import {
  compareAndSet,
  conditionalSet,
  createIfAbsent,
  linked,
  peeking,
  sequentialCreate,
  stickyBit,
} from './any-number.ts'
import { assigning, assigningThree } from './assigning.ts'
import { compareThenSet, keyValue, registers, snapshots, waitingRegisters } from './not-enough.ts'
import {
  dequeuing,
  fetchingAndAdding,
  fetchingAndAddingThree,
  fetchingAndOring,
  popping,
  swapping,
  testAndSet,
} from './two-processes.ts'
import { replicaSet, versionInGet } from './versions.ts'

/** Consensus protocols over shared objects, the weaker objects first. */
export const sharedProtocols: readonly SharedProtocol[] = [
  registers,
  waitingRegisters,
  snapshots,
  compareThenSet,
  keyValue,
  testAndSet,
  swapping,
  fetchingAndAdding,
  fetchingAndAddingThree,
  fetchingAndOring,
  dequeuing,
  popping,
  versionInGet,
  assigning,
  assigningThree,
  compareAndSet,
  stickyBit,
  linked,
  peeking,
  createIfAbsent,
  conditionalSet,
  sequentialCreate,
  replicaSet,
]
