import { continueInBun } from '../../bin/bootstrap.mjs'

// As tooling/bin/test.mjs, with a plan that takes ten minutes.
continueInBun('tooling/test/interrupted-run/run.ts')
