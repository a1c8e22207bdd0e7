import type { AppRouter } from '@eungmo/api/router'
import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'

const url = '/api/trpc'

/**
 * The API for the owner's pages in the browser: mutations and live updates. Pages load their data on the
 * server. The context `keepalive: true` lets a call arrive though the page is left; its body is at most 64 KB.
 */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: (operation) => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: splitLink({
        condition: ({ context }) => context.keepalive === true,
        true: httpLink({ url, fetch: (input, init) => fetch(input, { ...init, keepalive: true }) }),
        false: httpLink({ url }),
      }),
    }),
  ],
})
