import { inject } from 'vitest'
import { describeFaults } from './faults/describe-faults.ts'

describeFaults('kafka', inject('kafkaObstacle'))
