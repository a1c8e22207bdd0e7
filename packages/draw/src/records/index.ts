export { nextCancel } from './cancel-record.ts'
export { type BeaconInput, drawSeed, type SeedInput } from './draw-seed.ts'
export {
  type DrawState,
  emptySlots,
  foldRecords,
  type Holder,
  VacancyError,
  type Withdrawal,
} from './draw-state.ts'
export { type ListSummary, listSummary, nextLock } from './lock-record.ts'
export {
  ALGORITHM,
  type BeaconMode,
  type CancelRecord,
  type ChainRecord,
  type LockRecord,
  MAX_DRAWN,
  NO_PREVIOUS,
  PER_ENTRY,
  parseRecord,
  type ResultRecord,
  type RulesRecord,
  recordHash,
  WITHDRAW_REASONS,
  type WithdrawReason,
  type WithdrawRecord,
} from './record.ts'
export { nextResult } from './result-record.ts'
export { firstRules, nextRules, type RulesFields } from './rules-record.ts'
export { CHAIN_LENGTH, createSeedChain, opensCommitment, type SeedChain } from './seed-chain.ts'
export {
  type Ed25519Sign,
  isRecordSignature,
  operatorKeyOf,
  type SignOptions,
  signRecordHash,
} from './signature.ts'
export { textHash } from './text-hash.ts'
export { buildTranscript, type Opening, parseTranscript, type Transcript } from './transcript.ts'
export { nextWithdraw, nextWithdrawals } from './withdraw-record.ts'
