export type { Anchors } from './check-anchors.ts'
export type { CheckOptions } from './run-checks.ts'
export {
  type AnchorReport,
  type BeaconReport,
  type Progress,
  type Refuted,
  STEPS,
  type Step,
  type Verification,
  type Verified,
  type Warning,
  type WarningCode,
} from './verification.ts'
export { type VerifyOptions, verifyDraw, verifySteps } from './verify-draw.ts'
export { verifyLight } from './verify-light.ts'
export type { LockSeen } from './warnings.ts'
