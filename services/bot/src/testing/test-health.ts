import type { Db } from '@atermtrack/data'
import { createLogger } from '@atermtrack/runtime'
import { createSendingHealth, type SendingHealth } from '../deliveries/sending-health.ts'

/** The health of a sender that has no admins to tell. */
export function testHealth(db: Db): SendingHealth {
  const ring = async () => Promise.reject(new Error('nobody is to be told'))
  return createSendingHealth({
    db,
    logger: createLogger({ service: 'test', level: 'silent' }),
    producers: { sendTelegram: { ring } },
    policy: { adminChatIds: [] },
    scheduleZone: 'Asia/Vladivostok',
  })
}
