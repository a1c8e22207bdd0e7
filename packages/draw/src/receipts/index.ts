export {
  type InclusionCheck,
  type InclusionProof,
  inclusionProof,
  type LockedList,
  type ProofNode,
  parseInclusionProof,
  verifyInclusion,
} from './inclusion-proof.ts'
export {
  isReceiptOf,
  isReceiptSignature,
  parseSignedReceipt,
  type Receipt,
  receiptText,
  type SignedReceipt,
  signReceipt,
} from './receipt.ts'
