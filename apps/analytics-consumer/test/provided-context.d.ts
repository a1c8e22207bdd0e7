import type {} from '@eungmo/tooling/testing/test-kafka'
import type {} from '@eungmo/tooling/testing/test-postgres'
