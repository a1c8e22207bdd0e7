import type {} from '@eungmo/tooling/test-kafka'
import type {} from '@eungmo/tooling/test-postgres'
