import { describeFaults } from './faults/describe-faults.ts'

describeFaults('outbox', '')
