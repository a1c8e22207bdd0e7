import { insertAccessReview, listAccessReviews, readReviewState } from '@eungmo/db/queries/access-log-reviews'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import type { accessReviews } from './schema.ts'

type Reviews = z.infer<typeof accessReviews>

/** Which months the shop's access log was looked through, and whether it is due. */
export async function listReviews(
  { db }: Pick<Dependencies, 'db'>,
  { shopId }: Pick<Member, 'shopId'>,
): Promise<Reviews> {
  const [state, reviews] = await Promise.all([
    readReviewState(db, { shopId }),
    listAccessReviews(db, { shopId }),
  ])
  return {
    ...state,
    reviews: reviews.map((review) => ({ ...review, reviewedAt: review.reviewedAt.toISOString() })),
  }
}

/** Stores that the viewer looked through the log this month. The first one of a month stands. */
export async function reviewAccessLog(
  dependencies: Pick<Dependencies, 'db'>,
  { shopId, userId }: Pick<Member, 'shopId' | 'userId'>,
): Promise<Reviews> {
  await insertAccessReview(dependencies.db, { shopId, userId })
  return listReviews(dependencies, { shopId })
}
