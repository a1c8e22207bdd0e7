import { TRPCError } from '@trpc/server'
import { DomainError } from '../../src/errors/domain-error.ts'

/** The domain error that a call is refused with; fails where it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<DomainError> {
  try {
    await call
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DomainError) return error.cause
    if (error instanceof DomainError) return error
    throw error
  }
  throw new Error('the call was not refused')
}
