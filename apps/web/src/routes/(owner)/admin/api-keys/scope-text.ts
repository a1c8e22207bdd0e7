import type { ApiKeyScope } from '@eungmo/db/queries/api-keys'
import * as m from '#lib/paraglide/messages.js'

/** What a scope allows, in the owner's words. */
export const scopeText = (scope: ApiKeyScope): string =>
  ({
    'events:write': m.keys_scope_events(),
    'draws:write': m.keys_scope_draws(),
    'participants:read': m.keys_scope_read(),
    'participants:export': m.keys_scope_export(),
  })[scope]
