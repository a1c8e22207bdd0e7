import type { AppRouter } from '@eungmo/api/router'
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'

const url = '/api/trpc'

/**
 * The API for the owner's pages in the browser: mutations and live updates. Pages load their data on the
 * server.
 */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpLink({ url }),
    }),
  ],
})
