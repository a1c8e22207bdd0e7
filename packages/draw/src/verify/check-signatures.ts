import { isRecordSignature } from '../records/signature.ts'
import type { Transcript } from '../records/transcript.ts'
import { CheckError } from './check-error.ts'

/**
 * The head is the hash of the last record; where the rules name a key, the operator has signed each record.
 */
export function checkSignatures(transcript: Transcript, hashes: readonly string[]): void {
  if (transcript.head !== hashes.at(-1)) throw new CheckError('the head is not the hash of the last record')
  const [first] = transcript.records
  const key = first?.type === 'rules' ? first.operatorKey : null
  transcript.signatures.forEach((signature, seq) => {
    if (key === null && signature === null) return
    if (key === null) throw new CheckError(`record ${seq} is signed, but the rules name no key`)
    if (signature === null) throw new CheckError(`record ${seq} is not signed`)
    if (!isRecordSignature(key, hashes[seq] as string, signature)) {
      throw new CheckError(`the signature of record ${seq} is not the operator's`)
    }
  })
}
