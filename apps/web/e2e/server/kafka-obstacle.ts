import { kafkaObstacle } from '@eungmo/tooling/kafka/broker'

process.stdout.write(kafkaObstacle() ?? '')
